package losses

// watched is a loss whose quality on samples is measured.
type watched interface {
	meanLoss(s samples, w []float64) float64  // without the regularizer
	right(s samples, w []float64) (count int) // number of samples classified correctly
}

// names are the diagnostics of a loss on data: accuracies where it classifies, validation
// where samples are held out.
func (m *model) names(classifies bool) []string {
	var names []string
	if classifies {
		names = append(names, trainingAccuracy)
	}
	if m.validation.x == nil {
		return names
	}
	names = append(names, "validation loss")
	if classifies {
		names = append(names, validationAccuracy)
	}
	return names
}

// The diagnostics of which more is better.
const trainingAccuracy, validationAccuracy = "accuracy", "validation accuracy"

// RisingDiagnostics are the accuracies.
func (m *model) RisingDiagnostics() []string { return []string{trainingAccuracy, validationAccuracy} }

// watch writes the diagnostics at w, in the order of names, and returns how many.
func (m *model) watch(of watched, classifies bool, w, into []float64) int {
	n := 0
	put := func(v float64) {
		into[n] = v
		n++
	}
	if classifies {
		put(accuracy(of, m.train, w))
	}
	if m.validation.x == nil {
		return n
	}
	put(of.meanLoss(m.validation, w))
	if classifies {
		put(accuracy(of, m.validation, w))
	}
	return n
}

// accuracy is the fraction of samples classified correctly.
func accuracy(of watched, s samples, w []float64) float64 {
	return float64(of.right(s, w)) / float64(s.count())
}
