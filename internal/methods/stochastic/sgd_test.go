package stochastic_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	_ "github.com/gdbench/gdbench/internal/methods/stochastic"
)

// Three steps on x²/2 from 1, by hand: lr 0.1, momentum 0.5. With dampening 0.2 and
// weight_decay 0.1 the gradients are 1.1, 0.979, 0.832348 and the momenta 1.1, 1.3332,
// 1.3324784.
func TestSGD(t *testing.T) {
	p := methodtest.Diagonal(1)
	for _, c := range []struct {
		keys string
		want []float64
	}{
		{"momentum: 0.5, dampening: 0.2, weight_decay: 0.1", []float64{0.89, 0.75668, 0.62343216}},
		{"momentum: 0.5", []float64{0.9, 0.76, 0.614}},
		{"momentum: 0.5, nesterov: true", []float64{0.85, 0.6975, 0.559125}},
		{"dampening: 0.5", []float64{0.9, 0.81, 0.729}}, // without momentum nothing is damped
		{"weight_decay: 0.1", []float64{0.89, 0.7921, 0.704969}},
	} {
		r := methodtest.Begin(t, "{name: sgd, lr: 0.1, "+c.keys+"}", p, []float64{1})
		for k, want := range c.want {
			r.Next(t)
			if math.Abs(r.At.X[0]-want) > 1e-15 {
				t.Errorf("%s: x_%d = %.17g, want %g", c.keys, k+1, r.At.X[0], want)
			}
		}
	}
}

func TestSGDStepLength(t *testing.T) {
	p := methodtest.Diagonal(1)
	for keys, known := range map[string]bool{"": true, ", momentum: 0.5": false, ", weight_decay: 0.5": false, ", dampening: 0.5": true} {
		r := methodtest.Begin(t, "{name: sgd, lr: 0.1"+keys+"}", p, []float64{1})
		r.Next(t)
		if got := r.At.Length; known && got != 0.1 || !known && !math.IsNaN(got) {
			t.Errorf("sgd%s: the step length is %g", keys, got)
		}
	}
}

func TestSGDRefuses(t *testing.T) {
	p := methodtest.Diagonal(1)
	for _, keys := range []string{"nesterov: true", "nesterov: true, momentum: 0.9, dampening: 0.1"} {
		if _, err := methodtest.Read("{name: sgd, "+keys+"}", p); err == nil || !strings.Contains(err.Error(), "nesterov needs") {
			t.Errorf("%s: the error is %v", keys, err)
		}
	}
}

// The defaults of torch.optim.SGD.
func TestSGDDefaults(t *testing.T) {
	methodtest.Defaults(t, map[string]map[string]string{
		"sgd": {"lr": "1e-3", "momentum": "0", "dampening": "0", "weight_decay": "0", "nesterov": "false"},
	})
}
