package theory

import (
	"math"
	"testing"
)

// The closed forms of bounds agree with the recursions they solve.
func TestResidualIsItsRecurrence(t *testing.T) {
	for _, c := range []struct {
		name    string
		γ, β, λ float64
	}{
		{"real roots", 0.1, 0.1, 1}, {"double root", 0.25, 0.25, 1}, {"complex roots", 0.1, 0.9, 3},
		{"gradient descent", 0.3, 0, 2}, {"divergent", 1, 0.5, 4}, {"at the limit", 2, 0, 1},
	} {
		for _, rule := range []struct {
			name string
			recurrence
			step func(p, before float64) float64
		}{
			{"heavy ball", heavyBallRecurrence, func(p, before float64) float64 { return (1+c.β-c.γ*c.λ)*p - c.β*before }},
			{"Nesterov", nesterovRecurrence, func(p, before float64) float64 { return (1 - c.γ*c.λ) * (p + c.β*(p-before)) }},
		} {
			p, before, largest := 1.0, 1.0, 1.0
			for k := range 200 {
				a, b := rule.recurrence(c.γ, c.β, c.λ)
				if got := residual(a, b, k); math.Abs(got-p) > 1e-11*math.Max(math.Abs(p), math.Abs(before)) && math.Abs(got-p) > 1e-14*largest {
					t.Errorf("%s, %s: p_%d = %g, the recursion says %g", rule.name, c.name, k, got, p)
				}
				p, before = rule.step(p, before), p
				largest = math.Max(math.Abs(p), math.Abs(before))
			}
		}
	}
}

func TestNesterovSequenceResumes(t *testing.T) {
	var s nesterovSequence
	s.at(50)
	if back, fresh := s.at(7), new(nesterovSequence).at(7); back != fresh {
		t.Errorf("asked for an earlier member: %g, want %g", back, fresh)
	}
	if got, want := new(nesterovSequence).at(1), (1+math.Sqrt(5))/2; got != want {
		t.Errorf("t₁ = %g, want the golden ratio %g", got, want)
	}
}
