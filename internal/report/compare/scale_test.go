package compare

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// BenchmarkHundredThousandCells reads two baseline files of 100,000 cells, half of them
// random repeats, and compares them: at most 10 seconds are promised on two cores.
func BenchmarkHundredThousandCells(b *testing.B) {
	rng := rand.New(rand.NewPCG(6, 20))
	file := func() []byte {
		w := world{problems: names("p", 50), methods: names("m", 1000), evaluations: lognormal(rng, 0.1, 1)}
		all := w.run()
		w.methods, w.repeats = names("s", 100), 10
		all.Summaries = append(all.Summaries, w.run().Summaries...)
		all.Cells, all.Grid = len(all.Summaries), len(all.Summaries)
		var text bytes.Buffer
		if err := all.Encode(&text); err != nil {
			b.Fatal(err)
		}
		return text.Bytes()
	}
	base, new := file(), file()
	b.ReportAllocs()
	for b.Loop() {
		var sides [2]*results.Baseline
		for i, text := range [][]byte{base, new} {
			read, err := results.DecodeBaseline(fmt.Sprint(i), bytes.NewReader(text))
			if err != nil {
				b.Fatal(err)
			}
			sides[i] = read
		}
		r, err := Compare(sides[0], sides[1], Options{})
		if err != nil {
			b.Fatal(err)
		}
		if r.Cells != 55000 || math.IsNaN(r.Settings.Alpha) {
			b.Fatalf("%d cells", r.Cells)
		}
	}
}
