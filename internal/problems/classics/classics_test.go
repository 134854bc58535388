package classics_test

import (
	"strings"
	"testing"

	_ "github.com/gdbench/gdbench/internal/problems/classics"
	"github.com/gdbench/gdbench/internal/problems/separable/separabletest"
)

// scalable gives numbers of variables to try besides the usual.
var scalable = map[string][]int{
	"arwhead": {2, 5}, "bdqrtic": {5, 7}, "chnrosnb": {2, 50}, "cosine": {2, 5}, "cragglvy": {4, 6},
	"dixmaana": {3, 9}, "dixmaanb": {3, 9}, "dixmaanc": {3, 9}, "dixmaand": {3, 9},
	"dixmaane": {3, 9}, "dixmaanf": {3, 9}, "dixmaang": {3, 9}, "dixmaanh": {3, 9},
	"dixmaani": {3, 9}, "dixmaanj": {3, 9}, "dixmaank": {3, 9}, "dixmaanl": {3, 9},
	"dixmaanm": {3, 9}, "dixmaann": {3, 9}, "dixmaano": {3, 9}, "dixmaanp": {3, 9},
	"dixon3dq": {2, 3, 5}, "dqrtic": {1, 3}, "edensch": {2, 5}, "engval1": {2, 5}, "errinros": {2, 25, 50},
	"extrosnb": {2, 5}, "fletchcr": {2, 5}, "genrose": {2, 5}, "hilberta": {1, 3}, "hilbertb": {1, 3},
	"liarwhd": {2, 5}, "nondia": {2, 3, 5}, "nondquar": {3, 5}, "power": {1, 4}, "qing": {1, 2, 4}, "schmvett": {3, 5},
	"sinquad": {3, 5}, "tointgss": {3, 5}, "tquartic": {2, 4}, "tridia": {1, 4},
}

func TestProblems(t *testing.T) { separabletest.All(t, 57, scalable) }

func TestDimensions(t *testing.T) {
	for _, c := range []struct{ name, dim, want string }{
		{"dixmaana", "16", "dim = 16; the formula needs n ≥ 3, a multiple of 3"},
		{"cragglvy", "7", "n ≥ 4, a multiple of 2"},
		{"chnrosnb", "51", "≥ 2 and ≤ 50"},
		{"arwhead", "1", "≥ 2"},
		{"cube", "2", "dim"},
	} {
		if _, err := separabletest.Make(c.name, "dim="+c.dim); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with dim = %s: %v, expected %q", c.name, c.dim, err, c.want)
		}
	}
}

// TestDixmaan holds the family to its formula, summed in rational arithmetic, at
// x = (1.1, 1.2, …, 1.6).
func TestDixmaan(t *testing.T) {
	x := []float64{1.1, 1.2, 1.3, 1.4, 1.5, 1.6}
	for letter, want := range map[string]float64{
		"a": 16.35480825, "b": 20.912809375, "c": 29.71561875, "d": 48.729687,
		"e": 12.181266583333333, "f": 16.905205208333335, "g": 25.542077083333332, "h": 44.197720333333336,
		"i": 10.440676305555556, "j": 15.205604513888888, "k": 23.801486805555555, "l": 42.36859255555556,
		"m": 8.549759472222222, "n": 11.708459347222222, "o": 16.807196472222223, "p": 27.820468662222222,
	} {
		p := separabletest.New(t, "dixmaan"+letter, 6)
		if f := p.Evaluate(x, nil); !separabletest.Near([]float64{f}, []float64{want}, 1e-14) {
			t.Errorf("dixmaan%s has the value %v at %v, by rational arithmetic %v", letter, f, x, want)
		}
	}
}
