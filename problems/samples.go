package problems

import "math"

// EvaluateOn is the mean over the given samples (all of them for nil) with its gradient
// into g, unless that is nil: the door for methods that choose samples themselves. It is not
// affected by NextBatch.
func (o *Oracle) EvaluateOn(x, g []float64, batch []int32) (float64, error) {
	if g == nil {
		return o.on(x, nil, batch, 1, Counts{Values: 1})
	}
	values := int64(1)
	if o.differs {
		if values = o.values; o.beside {
			values++
		}
	}
	return o.on(x, g, batch, max(values, o.values), Counts{Values: values, Gradients: 1})
}

// GradientOn is EvaluateOn for methods that need no value, such as SVRG and SAGA, and is
// charged none.
func (o *Oracle) GradientOn(x, g []float64, batch []int32) error {
	cost := Counts{Gradients: 1}
	if o.differs {
		cost.Values = o.values
	}
	_, err := o.on(x, g, batch, o.values, cost)
	return err
}

// on evaluates over given samples.
func (o *Oracle) on(x, g []float64, batch []int32, evaluations int64, cost Counts) (float64, error) {
	if err := o.NeedSamples(); err != nil {
		return math.NaN(), err
	}
	each := int64(len(batch))
	if batch == nil {
		each = int64(o.sum.Samples())
	}
	if o.watch != nil {
		o.watch.refuse(evaluations, cost.Gradients, evaluations*each)
	}
	o.counts.Values += cost.Values
	o.counts.Gradients += cost.Gradients
	o.counts.Evaluations += evaluations
	o.counts.Samples += evaluations * each
	if batch == nil {
		return o.problem.Evaluate(x, g), nil
	}
	return o.sum.EvaluateOn(x, g, batch), nil
}

// NeedSamples is the error of a method that calls EvaluateOn, nil where there are exact
// samples to choose from.
func (o *Oracle) NeedSamples() error { return o.Need(NeedsSamples) }
