package losses_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// A weight in terms of the data is that number: 1/n of 442 patients is 1/442, with n the samples
// that are trained on.
func TestWeightsInTermsOfTheData(t *testing.T) {
	for _, c := range [][2]string{
		{"{name: ridge, data: diabetes, l2: 1/n}", "{name: ridge, data: diabetes, l2: 0.0022624434389140274}"},
		{"{name: ridge, data: diabetes, l2: 3/(n*d), split: 0.5}", "{name: ridge, data: diabetes, l2: 0.001357466063348416, split: 0.5}"},
		{"{name: mlp, data: iris, l2: 3/n}", "{name: mlp, data: iris, l2: 0.02}"},
		{"{name: logistic, data: iris, positive: 1, l2: 0.1/200}", "{name: logistic, data: iris, positive: 1, l2: 0.0005}"},
	} {
		p, q := build(t, c[0]), build(t, c[1])
		x := somewhere(p.Dim(), 1)
		if f, g := p.Evaluate(x, nil), q.Evaluate(x, nil); f != g {
			t.Errorf("%s is %v, %s %v", c[0], f, c[1], g)
		}
	}
}

// lambda_max is the least l1 for which w* = 0, with and without an intercept that is not penalized.
func TestLambdaMax(t *testing.T) {
	for _, intercept := range []string{"free", "penalized", "none"} {
		empty := func(share string) bool {
			p := build(t, "{name: lasso, data: diabetes, intercept: "+intercept+", l1: "+share+"*lambda_max}")
			minimum := problems.FactsOf(p).Minimum
			if minimum == nil || len(minimum.Points) == 0 {
				t.Fatalf("%s: no minimizer", intercept)
			}
			penalized := minimum.Points[0]
			if intercept == "free" {
				penalized = penalized[:10]
			}
			for _, v := range penalized {
				if math.Abs(v) > 1e-8 {
					return false
				}
			}
			return true
		}
		if !empty("1.01") || empty("0.99") {
			t.Errorf("%s: lambda_max is not where the features come in", intercept)
		}
	}
}

func TestWeightsThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"{name: ridge, data: diabetes, l2: 1/m}":            `l2: 1/m: unknown constant "m"; known are d, n`,
		"{name: ridge, data: diabetes, l2: 1-n}":            "l2 = -441; expected a number ≥ 0",
		"{name: lasso, data: diabetes, l1: lambda}":         `unknown constant "lambda"; known are d, lambda_max, n`,
		"{name: ridge, data: diabetes, l2: 0.1*lambda_max}": `unknown constant "lambda_max"; known are d, n`,
	} {
		if _, err := tryBuild(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", text, err, want)
		}
	}
}
