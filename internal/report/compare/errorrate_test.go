package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/results"
)

// suiteWorld draws two runs of a suite whose costs are log-normal: each block has luck that its
// cells share with a correlation, and each cell and side its own. The factor of a cell is its
// true loss.
type suiteWorld struct {
	problems, methods, repeats int
	spread, correlation        float64 // of the log ratio of one cell
	factor                     func(problem, method int) float64
	misses                     [2]float64 // probability that a run of BASE and NEW misses its target
}

func (s suiteWorld) draw(rng *rand.Rand) (base, new *results.Baseline) {
	side := func(k int) *results.Baseline {
		w := world{problems: names("p", s.problems), methods: names("m", s.methods), repeats: s.repeats}
		shared := map[string]float64{}
		w.evaluations = func(problem, method string, repeat int) float64 {
			if rng.Float64() < s.misses[k] {
				return math.Inf(1)
			}
			block := problem + string(rune(repeat))
			if _, drawn := shared[block]; !drawn {
				shared[block] = rng.NormFloat64()
			}
			z := math.Sqrt(s.correlation)*shared[block] + math.Sqrt(1-s.correlation)*rng.NormFloat64()
			log := s.spread / math.Sqrt2 * z
			if k == 1 {
				log += math.Log(s.factor(number2(problem), number2(method)))
			}
			return math.Round(1e6 * math.Exp(log))
		}
		w.change = func(o *results.Summary) {
			if o.Status == results.Budget {
				o.Counts.Evaluations = 1e7
			}
		}
		return w.run()
	}
	return side(0), side(1)
}

// number2 reads the number of a name such as p07.
func number2(name string) int {
	n := 0
	for _, r := range name[1:] {
		n = 10*n + int(r-'0')
	}
	return n
}

func uniformly(f float64) func(int, int) float64 { return func(int, int) float64 { return f } }

// rate counts decisions over simulated pairs of runs.
func (s suiteWorld) rate(t *testing.T, pairs int, seed uint64, lossesOnly bool, counts func(*Report) bool) float64 {
	t.Helper()
	rng := rand.New(rand.NewPCG(6, seed))
	n := 0
	for range pairs {
		base, new := s.draw(rng)
		r, err := Compare(base, new, Options{Metrics: []Metric{SuccessMetric, Evaluations}, lossesOnly: lossesOnly})
		if err != nil {
			t.Fatal(err)
		}
		if counts(r) {
			n++
		}
	}
	return float64(n) / float64(pairs)
}

func red(r *Report) bool  { return (Gate{}).Judge(r) == Fail }
func pass(r *Report) bool { return (Gate{}).Judge(r) == Pass }

// upper is the 95% upper confidence bound of a rate (Wilson 1927, doi:10.1080/01621459.1927.10502953).
func upper(rate float64, n int) float64 {
	z := probability.NormalQuantile(0.95)
	m := float64(n)
	return (rate + z*z/(2*m) + z*math.Sqrt(rate*(1-rate)/m+z*z/(4*m*m))) / (1 + z*z/m)
}

// The sizes that the error rates are promised for: 7, 54 and 200 cells, on one problem and on
// several.
var sizes = []suiteWorld{
	{problems: 1, methods: 7}, {problems: 7, methods: 1}, {problems: 6, methods: 9}, {problems: 1, methods: 54}, {problems: 20, methods: 10},
}

// The probability that a run turns red though no cell is worse by more than δ is at most α: at
// no change, at 3%, and where every cell sits exactly at what is tolerated. Both sides are
// drawn anew: copies would prove nothing.
func TestSoakRedWithoutALoss(t *testing.T) {
	pairs, cases := 200, sizes[:1]
	if os.Getenv("GDBENCH_SOAK") != "" {
		pairs, cases = 2000, sizes
	}
	for k, s := range cases {
		for j, loss := range []float64{1, 1.03, 1.05} {
			for i, spread := range []float64{0.1, 0.3} {
				s := s // the cases run beside one another
				s.repeats, s.spread, s.correlation, s.factor = 10, spread, 0.5, uniformly(loss)
				name := fmt.Sprintf("%d problems × %d methods, ratio %v, spread %v", s.problems, s.methods, loss, spread)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					rate := s.rate(t, pairs, uint64(100*k+10*j+i), true, red)
					t.Logf("%.2f%% red, at most %.2f%%", 100*rate, 100*upper(rate, pairs))
					if pairs == 2000 && upper(rate, pairs) > 0.065 || rate > 0.1 {
						t.Errorf("%.2f%% are red", 100*rate)
					}
				})
			}
		}
	}
}
