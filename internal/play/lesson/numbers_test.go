package lesson

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/gdbench/gdbench/internal/play"
)

// fact is a number in the text of a lesson that is none of its settings and none of its checks. It is
// worked out here; what a source says, or another test holds, is repeated with that reason.
type fact struct {
	written float64
	is      func() float64
	why     string
}

func said(why string, numbers ...float64) []fact {
	var out []fact
	for _, n := range numbers {
		out = append(out, fact{n, func() float64 { return n }, why})
	}
	return out
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func ofLesson(number int) []fact {
	switch number {
	case 1:
		return []fact{
			{16, func() float64 { return -math.Round(math.Log10(0x1p-53)) }, "digits of a float64"},
			{0.1, func() float64 { return math.Pow(10, -1) }, "h at x = −1"},
			{0.00000001, func() float64 { return math.Pow(10, -8) }, "h at x = −8, near √ε"},
			{8, func() float64 { return -math.Round(math.Log10(math.Sqrt(0x1p-52))) }, "digits of √ε"},
			{0.18, func() float64 { h := math.Pow(10, -0.5); return math.Abs(math.Expm1(h)/h - 1) }, "error at the start"},
			{0.0000001, func() float64 { return math.Pow(10, -7) }, "the check below −7"},
			{1e-13, func() float64 { return math.Pow(10, -13) }, "h at the second start"},
			{0.00001, func() float64 { return math.Pow(10, -5) }, "the check above −5"},
			{1e-16, func() float64 { return 0x1p-53 }, "rounding"},
			{1e-8, func() float64 { return math.Sqrt(2 * 0x1p-53) }, "where h/2 + 2⁻⁵³/h is least"},
		}
	case 3:
		return []fact{{0.2, func() float64 { return 2. / 10 }, "2/L"}}
	case 5:
		third := 0.5 // the middle root of (x⁴ − 16x² + 5x)′/2, by Newton's method
		for range 50 {
			third -= (4*third*third*third - 32*third + 5) / (12*third*third - 32)
		}
		return []fact{
			{0.157, func() float64 { return third }, "the maximum of the sum in one variable"},
			{3, func() float64 { return 3 }, "roots of a cubic"},
			{9, func() float64 { return 3 * 3 }, "points with gradient zero"},
			{4, func() float64 { return 2 * 2 }, "minima"},
			{2.5e-18, func() float64 { return math.Pow(2./3, 100) }, "share of minima"},
			{33, func() float64 { return 100. / 3 }, "expected maxima among 100 coordinates"},
		}
	case 8:
		return []fact{
			{25, func() float64 { return 25. / 1 }, "κ, by the facts of hb-counterexample; its own tests hold them"},
			{4, func() float64 { return 9 * math.Pow((math.Sqrt(25)-1)/(math.Sqrt(25)+1), 2) }, "the momentum ((√κ − 1)/(√κ + 1))² = 4/9"},
		}
	case 10:
		return []fact{{100, func() float64 { return 6400. / 64 }, "epochs of the second runs"}}
	case 11:
		return slices.Concat([]fact{
			{600, func() float64 { return 60 * 10 }, "flowers of 60 batches of 10"},
			{9000, func() float64 { return 60 * 150 }, "flowers of 60 steps on all"},
		}, said("TestIrisesAreNearDuplicates counts them", 121))
	case 12:
		return []fact{
			{0.99995, func() float64 { return sigmoid(10) }, "σ(10)"},
			{1e-4, func() float64 { s := sigmoid(10); return 2 * s * s * (1 - s) }, "the slope of σ² at 10"},
			{0.6931, func() float64 { return math.Ln2 }, "ln 2"},
			{4, func() float64 { return 1 / (sigmoid(0) * (1 - sigmoid(0))) }, "σ′(0) = 1/4"},
		}
	}
	return nil
}

var (
	// citation is a source, or a part of one, with its year.
	citation = regexp.MustCompile(`\([^()]*\b(?:18|19|20)\d\d\b[^()]*\)|doi:\S+|theorem \d+\.\d+|lesson \d+`)
	number   = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?`)
)

func numbersIn(text string) []float64 {
	var out []float64
	for _, found := range number.FindAllString(citation.ReplaceAllString(text, ""), -1) {
		v, err := strconv.ParseFloat(found, 64)
		if err == nil {
			out = append(out, v)
		}
	}
	return out
}

// settings are the numbers of a playground, without the window of its picture.
func settings(s play.Setup) []float64 {
	s.Window = nil
	return numbersOf(s)
}

// checked are the numbers that checks compare with those of a run.
func checked(checks []Check) []float64 {
	var out []float64
	for _, c := range checks {
		c.Run, c.Sooner = 0, 0
		out = append(out, numbersOf(c)...)
	}
	return out
}

// numbersOf are those in the JSON of a value, without signs.
func numbersOf(value any) []float64 {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return numbersIn(string(text))
}

// Each number in the text of a lesson is one of its settings, one that is checked on its runs, or one
// that is worked out above: what a learner reads does not depend on the memory of an author. 0, 1 and 2
// are parts of formulas.
func TestNumbersInTexts(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range all {
		facts, used := ofLesson(l.Number), map[float64]bool{}
		for _, f := range facts {
			if got := f.is(); !RoundsTo(got, f.written) {
				t.Errorf("lesson %d: %v, %s, is %v", l.Number, f.written, f.why, got)
			}
		}
		read := func(where, text string, known []float64) {
			for _, n := range numbersIn(text) {
				seen++
				fits := func(v float64) bool { return v == n }
				fact := slices.ContainsFunc(facts, func(f fact) bool { return f.written == n })
				used[n] = used[n] || fact
				if part := n <= 2 && n == math.Trunc(n); !part && !fact && !slices.ContainsFunc(known, fits) {
					t.Errorf("lesson %d, %s: nothing checks the number %v in %q", l.Number, where, n, text)
				}
			}
		}
		for _, scene := range l.Scenes() {
			record, err := play.Run(t.Context(), scene.Play)
			if err != nil {
				t.Fatal(err)
			}
			known := append(settings(scene.Play), float64(record.Problem.Dim), float64(record.Problem.Samples))
			read(scene.Title, scene.Title+" "+scene.Text, known)
			for i, s := range scene.See {
				read(fmt.Sprintf("%s, see %d", scene.Title, i+1), s.Text, slices.Concat(known, checked(s.Expect)))
			}
		}
		first := settings(l.Play)
		read("question", l.Question, first)
		read("predict", fmt.Sprint(l.Predict.Ask, " ", l.Predict.Choices), first)
		read("proved", l.Proved, nil)
		read("beyond", l.Beyond, nil)
		for _, f := range facts {
			if !used[f.written] {
				t.Errorf("lesson %d: %v (%s) is not in its texts", l.Number, f.written, f.why)
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d numbers in all texts", seen)
	}
}
