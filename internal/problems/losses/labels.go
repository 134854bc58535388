package losses

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/text"
)

// numbers are the labels of a regression.
func numbers(s *data.Samples) ([]float64, error) {
	if s.Classes != nil {
		return nil, fmt.Errorf("data set %s: the labels are names of classes (%s); this loss expects numbers", s.Name, list(s.Classes))
	}
	return s.Y, nil
}

// signs are the labels of a binary loss: +1 for the positive class, by default the larger
// of two labels, and −1 for the others.
func signs(positive string) func(*data.Samples) ([]float64, error) {
	return func(s *data.Samples) ([]float64, error) {
		labels, names, err := classesOf(s)
		if err != nil {
			return nil, err
		}
		plus := len(labels) - 1
		switch {
		case positive != "":
			if plus = slices.Index(names, positive); plus < 0 {
				return nil, fmt.Errorf("data set %s has no class %q%s", s.Name, positive, text.Suggest(positive, names))
			}
		case len(labels) > 2:
			return nil, fmt.Errorf("data set %s has %d classes (%s); this loss takes two: choose one with positive: %s, the others form the second",
				s.Name, len(labels), list(names), names[0])
		}
		y := make([]float64, len(s.Y))
		for i, label := range s.Y {
			y[i] = -1
			if label == labels[plus] {
				y[i] = 1
			}
		}
		return y, nil
	}
}

// classes are the labels of a loss over K ≥ 2 classes, numbered from 0 in rising order. K
// is written where count points to.
func classes(count *int) func(*data.Samples) ([]float64, error) {
	return func(s *data.Samples) ([]float64, error) {
		labels, _, err := classesOf(s)
		if err != nil {
			return nil, err
		}
		*count = len(labels)
		y := make([]float64, len(s.Y))
		for i, label := range s.Y {
			class, _ := slices.BinarySearch(labels, label)
			y[i] = float64(class)
		}
		return y, nil
	}
}

// maxClasses bounds what is taken for classes and not for a measurement.
const maxClasses = 1000

// classesOf lists the different labels in rising order, with their names.
func classesOf(s *data.Samples) (labels []float64, names []string, err error) {
	labels = slices.Compact(slices.Sorted(slices.Values(s.Y)))
	switch {
	case len(labels) == 0:
		return nil, nil, errors.New("the data set has no samples")
	case len(labels) > maxClasses || len(labels) > 20 && 5*len(labels) > len(s.Y):
		return nil, nil, fmt.Errorf("data set %s has %d different labels in %d samples; this loss expects classes, not measurements", s.Name, len(labels), len(s.Y))
	}
	if at := slices.IndexFunc(s.Y, func(y float64) bool { return y != math.Trunc(y) }); at >= 0 {
		return nil, nil, s.Errorf(at, "the label %g is not a class; expected whole numbers, or names of classes", s.Y[at])
	}
	for _, label := range labels {
		if s.Classes != nil {
			names = append(names, s.Classes[int(label)])
		} else {
			names = append(names, strconv.FormatFloat(label, 'g', -1, 64))
		}
	}
	if len(labels) == 1 {
		return nil, nil, fmt.Errorf("data set %s has only one class (%s); this loss needs at least two", s.Name, names[0])
	}
	return labels, names, nil
}

// list is the first few names, for a message.
func list(names []string) string {
	if len(names) > 10 {
		return strings.Join(names[:10], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
