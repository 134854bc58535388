package demands

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/methods"
)

// Sizes are the numbers of variables and of samples of the six subjects by which the memory of a
// method is found as a polynomial in both.
var Sizes = [6][2]int{{4, 40}, {5, 40}, {6, 40}, {4, 50}, {5, 50}, {7, 60}}

// memory says how many numbers a method keeps: as a + bn + cn² + em + fmn where the sized subjects
// agree with that, the sixth with what follows from the five others, or else on the subject
// that it was tried on.
func (t trial) memory(sized []Subject) string {
	var kept [len(Sizes)]int64
	for i, s := range sized {
		of := t
		of.problem, of.facts = s.Problem, *s.Facts
		numbers, known, err := of.keeps()
		if err != nil {
			return t.memoryHere()
		}
		if !known {
			return unknownMemory
		}
		kept[i] = numbers
	}
	if text, fits := polynomial(kept); fits && len(sized) == len(Sizes) {
		return text
	}
	return t.memoryHere()
}

const unknownMemory = "not known"

func (t trial) memoryHere() string {
	numbers, known, err := t.keeps()
	if err != nil || !known {
		return unknownMemory
	}
	return fmt.Sprintf("%s for %s, beside the iterate and its gradient", english.Count(numbers, "number"), english.Count(t.problem.Dim(), "variable"))
}

// keeps is what the method keeps after Init.
func (t trial) keeps() (numbers int64, known bool, err error) {
	component, o, at, err := t.begin()
	if err != nil {
		return 0, false, err
	}
	method := methods.Unwrap(component)
	defer traits.Release(method)
	if err := method.Init(o, at); err != nil {
		return 0, false, err
	}
	numbers, known = traits.Memory(method, at)
	return numbers, known, nil
}

// polynomial is the text of the polynomial through what is kept at Sizes, if there is one.
func polynomial(kept [len(Sizes)]int64) (text string, fits bool) {
	n, m := int64(Sizes[0][0]), int64(Sizes[0][1])
	more := int64(Sizes[3][1]) - m
	twice := kept[2] - 2*kept[1] + kept[0]
	mixed := (kept[4] - kept[1]) - (kept[3] - kept[0])
	c, f := twice/2, mixed/more
	e := (kept[3]-kept[0])/more - f*n
	b := kept[1] - kept[0] - c*(2*n+1) - f*m
	a := kept[0] - b*n - c*n*n - e*m - f*m*n
	for i, size := range Sizes {
		n, m := int64(size[0]), int64(size[1])
		if a+b*n+c*n*n+e*m+f*m*n != kept[i] {
			return "", false
		}
	}
	for _, term := range []struct {
		factor int64
		of     string
	}{{f, "mn"}, {c, "n²"}, {b, "n"}, {e, "m"}, {a, ""}} {
		switch {
		case term.factor == 0:
			continue
		case text != "" && term.factor > 0:
			text += " + "
		case term.factor < 0:
			text, term.factor = strings.TrimSpace(text+" − "), -term.factor
		}
		if term.factor != 1 || term.of == "" {
			text += fmt.Sprint(term.factor)
		}
		text += term.of
	}
	if text == "" {
		return "none beside the iterate and its gradient", true
	}
	where := "n variables"
	if e != 0 || f != 0 {
		where = "n variables and m samples"
	}
	return fmt.Sprintf("%s numbers for %s, beside the iterate and its gradient", text, where), true
}
