package results

import (
	"bytes"
	"fmt"
	"testing"
)

// usual is a record like those of the shipped suites: 36 targets, half of them met, and a
// trace of so many points.
func usual(points int) *Record {
	r := &Record{ID: "0123456789abcdef", Definition: "0123456789abcdef", Conditions: "0123456789abcdef", Status: Budget,
		Problem: Component{"quadratic", []Parameter{{"dim", int64(10)}, {"condition", 100.0}}},
		Method:  Component{"fixed-step", []Parameter{{"lr", 0.01}}}, Labels: Labels{"quadratic dim=10 condition=100", "fixed-step lr=1/L"},
		Message: "spent 1000 iterations", Iterations: 1000, Minimum: &Minimum{Source: "analytic"}, Counts: Counts{Gradients: 1000, Evaluations: 1000},
		Start: &Start{Value: 12.5}, Final: &Final{Value: 1.23456789e-7}, Best: &Best{Value: 1e-7}, Trace: &Trace{}}
	for k := range 36 {
		t := Target{Target: Number(1 / float64(k+1))}
		if k < 18 {
			t.Iteration, t.Since, t.Counts = hit(10*k+10), hit(10*k+9), Counts{Gradients: int64(10 * k), Evaluations: int64(10 * k)}
		}
		r.Targets = append(r.Targets, t)
	}
	for k := range points {
		v, t := 1/float64(3*k+1), r.Trace
		t.Iteration, t.Trials = append(t.Iteration, int64(k)), append(t.Trials, 1)
		for _, column := range []*Series{&t.Value, &t.Gap, &t.GradientNorm, &t.Distance, &t.StepLength, &t.Slope, &t.Seconds} {
			*column = append(*column, v)
		}
		t.Values, t.Gradients, t.Evaluations = append(t.Values, 0), append(t.Gradients, int64(k)), append(t.Evaluations, int64(k))
		t.Hessians, t.HessianProducts, t.Samples = append(t.Hessians, 0), append(t.HessianProducts, 0), append(t.Samples, 0)
	}
	return r
}

func BenchmarkAppendLine(b *testing.B) {
	for _, points := range []int{0, 100} {
		b.Run(fmt.Sprint("points=", points), func(b *testing.B) {
			r, line := usual(points), []byte(nil)
			b.ReportAllocs()
			for b.Loop() {
				line, _ = r.AppendLine(line[:0])
			}
			b.SetBytes(int64(len(line)))
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, points := range []int{0, 100} {
		b.Run(fmt.Sprint("points=", points), func(b *testing.B) {
			line, err := usual(points).AppendLine(nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(int64(len(line)))
			var text bytes.Buffer
			reader := NewReader("b", &text)
			for b.Loop() {
				text.Write(line)
				if _, err := reader.Read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
