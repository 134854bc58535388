package separable_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// known are names under which the literature knows the problems.
const known = `
bard beale biggs-exp6 box3d broyden-banded broyden-tridiagonal brown-almost-linear brown-badly-scaled brown-dennis
chebyquad chebyquad6 chebyquad8 discrete-boundary-value discrete-integral-equation freudenstein-roth gaussian gulf
helical-valley jennrich-sampson kowalik-osborne linear-full-rank linear-rank1 linear-rank1-zero meyer osborne1 osborne2
penalty1 penalty2 powell-badly-scaled powell-singular rosenbrock rosenbrock-ext trigonometric variably-dim watson wood
arwhead bdqrtic brkmcc chnrosnb cosine cragglvy cube denschna denschnb denschnc denschnd denschne denschnf
dixmaana dixmaanb dixmaanc dixmaand dixmaane dixmaanf dixmaang dixmaanh
dixmaani dixmaanj dixmaank dixmaanl dixmaanm dixmaann dixmaano dixmaanp
dixon3dq dqrtic edensch engval1 engval2 errinros expfit extrosnb fletchcr freuroth genrose hilberta hilbertb
himmelbb himmelbf himmelbg himmelbh liarwhd nondia nondquar power qing quartc schmvett sineval sinquad sisser
tointgss tquartic tridia woods`

func TestNames(t *testing.T) {
	for _, name := range strings.Fields(known) {
		if !param.Of[problems.Problem]().Has(name) {
			t.Errorf("no problem answers to %q", name)
		}
	}
}

// TestNumbers: the set of Moré, Garbow & Hillstrom is complete. Its first problem is among
// the test functions, its twenty-second the thirteenth in more variables.
func TestNumbers(t *testing.T) {
	numbers := map[string]bool{"problem 1": true, "problem 22": true}
	for _, name := range param.Of[problems.Problem]().Names() {
		entry, err := param.Of[problems.Problem]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, number, ok := strings.Cut(entry.Source, "TOMS 7:17–41, "); ok {
			numbers[number] = true
		}
	}
	for k := 1; k <= 35; k++ {
		if !numbers[fmt.Sprintf("problem %d", k)] {
			t.Errorf("problem %d is missing", k)
		}
	}
}
