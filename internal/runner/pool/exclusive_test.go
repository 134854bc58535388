package pool_test

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// turn is a method of a known duration, which writes down when its turn came.
type turn struct {
	Name string  `param:"who" doc:"what it writes down"`
	Rest float64 `param:"rest" default:"0" range:"[0,1]" doc:"seconds of a step"`
}

var (
	turns   []string // who began a descent, in order
	taking  sync.Mutex
	running atomic.Int64
	crowded atomic.Bool // two descents were under way at once
)

func (m *turn) Init(*methods.Oracle, *methods.Iterate) error {
	taking.Lock()
	defer taking.Unlock()
	turns = append(turns, m.Name)
	return nil
}

func (m *turn) Step(at *methods.Iterate) error {
	if running.Add(1) > 1 {
		crowded.Store(true)
	}
	defer running.Add(-1)
	if m.Rest > 0 {
		time.Sleep(time.Duration(m.Rest * 1e9))
	}
	at.X[0] *= 0.9
	return nil
}

func init() {
	methods.Register("test-turn", methods.Info{}, func() methods.Method { return new(turn) })
}

const timed = `
suite: timed
budget: {iterations: 4}
timing: exclusive
problems: [{name: quadratic, dim: [2, 3]}]
methods:
  - {name: test-turn, who: a, rest: 2e-3}
  - {name: test-turn, who: b, rest: 4e-3}
  - newton
  - {name: fixed-step, lr: 1/M} # skipped: a quadratic has no M
`

// Cells are run one at a time, the methods of a problem take turns, and the seconds are
// those of the steps alone.
func TestExclusiveTiming(t *testing.T) {
	turns = nil
	crowded.Store(false)
	folder := filepath.Join(t.TempDir(), "run")
	m, err := pool.Run(context.Background(), readSuite(t, timed), pool.Options{Folder: folder, Workers: 8})
	if err != nil {
		t.Fatal(err)
	}
	if crowded.Load() || m.Workers != 1 {
		t.Errorf("two descents at once, or %d workers", m.Workers)
	}
	// A problem's cells run once each, then six rounds; a batch of 10 ms has two descents of
	// 8 ms, or one of 16 ms and no more.
	order := regexp.MustCompile(`^(ab(a{1,2}b){6}){2}$`)
	if got := strings.Join(turns, ""); !order.MatchString(got) {
		t.Errorf("the order of turns is %s", got)
	}
	if m.Timing == nil || m.Timing.Rounds != 5 || !(float64(m.Timing.Spread) >= 0) || m.Timing.Governor == "" {
		t.Errorf("timing in the manifest: %+v", m.Timing)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range run.Records() {
		if err != nil {
			t.Fatal(err)
		}
		least := map[string]float64{"a": 8e-3, "b": 16e-3, "": 1e-9}
		who, _ := r.Method.Get("who").(string)
		seconds := float64(r.Seconds)
		if r.Status == results.Skipped {
			continue
		}
		if seconds < least[who] || seconds > 0.1 {
			t.Errorf("%s took %g s", r.Labels.Method, seconds)
		}
	}
	if v, err := verify.Verify(folder, ".", 10); err != nil || len(v.Faults) > 0 {
		t.Errorf("verify: %v %+v", err, v)
	}
}

// How cells are timed changes nothing else of their records.
func TestExclusiveTimingChangesNoResult(t *testing.T) {
	const text = `
suite: s
repeats: 2
budget: {iterations: 300}
trace: {points: 5}
problems: [{name: quadratic, dim: 30, start: {name: normal}}]
methods: [{name: fixed-step, lr: 1/L}, newton]
`
	plain, _ := runText(t, text, 2)
	exclusive, _ := runText(t, text+"timing: exclusive\n", 2)
	definition := regexp.MustCompile(`"(definition|check)":"[^"]*"`)
	a, b := definition.ReplaceAllString(withoutTiming(t, plain), ""), definition.ReplaceAllString(withoutTiming(t, exclusive), "")
	if a != b {
		t.Error("the records differ in more than times")
	}
}

// Shards that were timed on different processors make no run.
func TestMergeRefusesMixedTimes(t *testing.T) {
	const text = "suite: s\nbudget: {iterations: 300}\ntiming: exclusive\nproblems: [{name: quadratic, dim: [20, 30]}]\nmethods: [{name: fixed-step, lr: 1e-3}]\n"
	one, two := runShard(t, text, 1, 2), runShard(t, text, 2, 2)
	m, err := results.ReadManifest(two)
	if err != nil {
		t.Fatal(err)
	}
	m.Processor = "another"
	if err := m.Write(two); err != nil {
		t.Fatal(err)
	}
	if _, err := keep.Merge([]string{one, two}, filepath.Join(t.TempDir(), "m")); err == nil || !strings.Contains(err.Error(), "measured on different processors") {
		t.Errorf("got %v", err)
	}
}

// The seconds of merged shards can be trusted as far as those of the worst of them.
func TestMergedTiming(t *testing.T) {
	const text = `
suite: timed
budget: {iterations: 4}
timing: exclusive
problems: [{name: quadratic, dim: [2, 3]}]
methods: [{name: fixed-step, lr: 1/L}]
`
	shards := []string{runShard(t, text, 1, 2), runShard(t, text, 2, 2)}
	for i, timing := range []results.Timing{
		{Rounds: 5, Spread: 0.1, LoadBefore: 0.3, LoadAfter: 4, Governor: "performance"},
		{Rounds: 5, Spread: 0.2, LoadBefore: 7, LoadAfter: 1, Governor: "powersave"},
	} {
		m, err := results.ReadManifest(shards[i])
		if err != nil {
			t.Fatal(err)
		}
		m.Timing = &timing
		if err := m.Write(shards[i]); err != nil {
			t.Fatal(err)
		}
	}
	m, err := keep.Merge(shards, filepath.Join(t.TempDir(), "merged"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (results.Timing{Rounds: 5, Spread: 0.2, LoadBefore: 7, LoadAfter: 4, Governor: "differing"}); *m.Timing != want {
		t.Errorf("%+v, want %+v", *m.Timing, want)
	}
}

// Times of two processors are not mixed in one run.
func TestExclusiveTimingKeepsToItsProcessor(t *testing.T) {
	folder := runShard(t, strings.Replace(timed, "[2, 3]", "2", 1), 1, 8)
	m, err := results.ReadManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	m.Processor = "an abacus"
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	_, err = pool.Run(context.Background(), readSuite(t, strings.Replace(timed, "[2, 3]", "2", 1)),
		pool.Options{Folder: folder, Shard: m.Shard, Resume: true})
	if err == nil || !strings.Contains(err.Error(), "measured on another processor (an abacus;") {
		t.Errorf("error %v", err)
	}
}
