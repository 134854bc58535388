package pool_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// counted is a method that counts its descents, and fails once on request.
type counted struct {
	LR float64 `param:"lr" default:"0.1" range:"(0,)" doc:"learning rate"`
}

var (
	descents     atomic.Int64
	failedBefore atomic.Bool
)

func (counted) Init(*methods.Oracle, *methods.Iterate) error {
	descents.Add(1)
	if failedBefore.CompareAndSwap(true, false) {
		return errors.New("it fails this once")
	}
	return nil
}

func (m counted) Step(at *methods.Iterate) error {
	for i := range at.X {
		at.X[i] *= 1 - m.LR
	}
	return nil
}

func init() {
	methods.Register("counted", methods.Info{Summary: "for tests"}, func() methods.Method { return new(counted) })
}

// readIn reads a suite whose data lie in a folder.
func readIn(t *testing.T, dir, text string) *suite.Suite {
	t.Helper()
	s, err := suite.Read("test.yaml", dir, strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Of a suite that grew or changed, only what is new or different runs, and the record of
// every cell is that of a fresh run.
func TestReuse(t *testing.T) {
	const base = `
suite: grown
repeats: 3
budget: {iterations: 5}
problems:
  - {name: quadratic, dim: 2, start: {name: normal}, label: bowl}
  - {name: logistic, data: points.csv, l2: 1}
methods: [{name: counted}, {name: descent, step: {name: fixed, t: 1/L}}]
`
	const cells = 3 + 1 // of a method: the logistic loss has nothing random
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(base) }
	const points, others = "1,2,0\n2,1,1\n3,5,0\n4,4,1\n", "1,2,0\n2,1,1\n3,5,0\n4,4,0\n"
	for _, c := range []struct {
		name   string
		text   string
		data   string
		ran    int64 // descents of the counted method
		reused int
	}{
		{"nothing", base, points, 0, 2 * cells},
		{"a method", replace("{name: counted}", "{name: counted, lr: [0.1, 0.2]}"), points, cells, 2 * cells},
		{"a problem", replace("dim: 2", "dim: [3, 2]"), points, 3, 2 * cells},
		{"repeats", replace("repeats: 3", "repeats: 5"), points, 2, 2 * cells},
		{"labels", replace("bowl", "basin", "t: 1/L}", "t: 1/L}, label: GD"), points, 0, 2 * cells},
		{"the data", base, others, 1, 6},
		{"the targets", base + "targets: [0.5]\n", points, cells, 0},
		{"the trace", base + "trace: {every: 2}\n", points, cells, 0},
		{"the diagnostics", base + "diagnostics: [sharpness]\n", points, cells, 0},
		{"jitter", base + "jitter: 2\n", points, 3 + 3, 0}, // two moved starts and one descent
		{"the budget", replace("5}", "6}"), points, cells, 0},
		{"the stop", base + "stop: {gradient: 1e-3}\n", points, cells, 0},
		{"the seed", base + "seed: 2\n", points, cells, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			run := func(text, data string, o pool.Options) *results.Manifest {
				t.Helper()
				if err := os.WriteFile(filepath.Join(dir, "points.csv"), []byte(data), 0o644); err != nil {
					t.Fatal(err)
				}
				m, err := pool.Run(context.Background(), readIn(t, dir, text), o)
				if err != nil {
					t.Fatal(err)
				}
				return m
			}
			earlier, fresh, mixed := filepath.Join(dir, "earlier"), filepath.Join(dir, "fresh"), filepath.Join(dir, "mixed")
			run(base, points, pool.Options{Folder: earlier})
			run(c.text, c.data, pool.Options{Folder: fresh})
			before := descents.Load()
			m := run(c.text, c.data, pool.Options{Folder: mixed, Reuse: earlier})
			if ran := descents.Load() - before; ran != c.ran {
				t.Errorf("%d descents, expected %d", ran, c.ran)
			}
			if m.Reused != c.reused {
				t.Errorf("%d cells taken over, expected %d", m.Reused, c.reused)
			}
			if withoutTiming(t, mixed) != withoutTiming(t, fresh) {
				t.Error("the run differs from a fresh one")
			}
			if v, err := verify.Verify(mixed, dir, 100); err != nil || len(v.Faults) > 0 {
				t.Errorf("verify: %v %+v", err, v)
			}
		})
	}
}

// A failed cell is run again, whatever its definition.
func TestReuseNoFailure(t *testing.T) {
	const text = `
suite: s
budget: {iterations: 5}
problems: [{name: quadratic, dim: 2}, {name: sphere, dim: 2}]
methods: [counted]
`
	dir := t.TempDir()
	failedBefore.Store(true)
	earlier, now := filepath.Join(dir, "earlier"), filepath.Join(dir, "now")
	m, err := pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: earlier, Workers: 1})
	if err != nil || m.Status[results.Failed] != 1 {
		t.Fatalf("%v, %v", err, m.Status)
	}
	m, err = pool.Run(context.Background(), readSuite(t, text), pool.Options{Folder: now, Reuse: earlier})
	if err != nil {
		t.Fatal(err)
	}
	if m.Reused != 1 || m.Status[results.Failed] != 0 {
		t.Errorf("%d taken over; %v", m.Reused, m.Status)
	}
}

// Another version is refused; another commit of one version is a warning.
func TestReuseOtherVersions(t *testing.T) {
	dir := t.TempDir()
	earlier := filepath.Join(dir, "earlier")
	options := pool.Options{Folder: earlier, Version: "1", Commit: "abc"}
	if _, err := pool.Run(context.Background(), readSuite(t, small), options); err != nil {
		t.Fatal(err)
	}
	again := func(name string, change func(*pool.Options)) (*results.Manifest, error) {
		o := options
		o.Folder, o.Reuse = filepath.Join(dir, name), earlier
		change(&o)
		return pool.Run(context.Background(), readSuite(t, small), o)
	}
	if m, err := again("same", func(*pool.Options) {}); err != nil || m.Reused != m.Cells || len(m.Warnings) > 0 {
		t.Errorf("the same version: %v, %+v", err, m)
	}
	if m, err := again("commit", func(o *pool.Options) { o.Commit = "def" }); err != nil || m.Reused != m.Cells ||
		len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "a run of gdbench at commit abc; this gdbench is at commit def") {
		t.Errorf("another commit: %v, %+v", err, m)
	}
	if _, err := again("version", func(o *pool.Options) { o.Version = "2" }); err == nil || !strings.Contains(err.Error(), "it was run by gdbench 1, and this is 2; run without --reuse") {
		t.Errorf("another version: %v", err)
	}
	m, err := results.ReadManifest(earlier)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "version")); err == nil {
		t.Error("a run that was refused leaves a folder behind")
	}
	m.Toolchain.Go = "go0"
	if err := m.Write(earlier); err != nil {
		t.Fatal(err)
	}
	if _, err := again("toolchain", func(*pool.Options) {}); err == nil || !strings.Contains(err.Error(), "its toolchain class is") {
		t.Errorf("another toolchain: %v", err)
	}
}

// A data file that changed between an interruption and its resumption is noticed, and so
// are shards that read different ones.
func TestChangedData(t *testing.T) {
	const text = `
suite: s
budget: {iterations: 5}
problems: [{name: logistic, data: points.csv, l2: 1}]
methods: [counted, newton]
`
	dir := t.TempDir()
	write := func(data string) {
		if err := os.WriteFile(filepath.Join(dir, "points.csv"), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shard := func(i int) (string, error) {
		folder := filepath.Join(dir, "shard", string(rune('0'+i)))
		_, err := pool.Run(context.Background(), readIn(t, dir, text), pool.Options{Folder: folder, Shard: &results.Shard{Index: i, Of: 2}})
		return folder, err
	}
	write("1,2,0\n2,1,1\n3,5,0\n")
	one, err := shard(1)
	if err != nil {
		t.Fatal(err)
	}
	write("1,2,0\n2,1,1\n3,6,0\n")
	two, err := shard(2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keep.Merge([]string{one, two}, filepath.Join(dir, "merged")); err == nil || !strings.Contains(err.Error(), "the data file points.csv has changed: its SHA-256 was") {
		t.Errorf("merge: %v", err)
	}
	_, err = pool.Run(context.Background(), readIn(t, dir, text), pool.Options{Folder: one, Shard: &results.Shard{Index: 1, Of: 2}, Resume: true})
	if err == nil || !strings.Contains(err.Error(), "cannot be resumed: the data file points.csv has changed: its SHA-256 was") {
		t.Errorf("resume: %v", err)
	}
}

// A run that took cells over, was killed and is resumed still counts them, and adds those
// that it takes over then.
func TestReusedIsKeptByResume(t *testing.T) {
	dir := t.TempDir()
	run := func(text, folder string, o pool.Options) *results.Manifest {
		t.Helper()
		o.Folder = filepath.Join(dir, folder)
		m, err := pool.Run(context.Background(), readSuite(t, text), o)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	with := func(key string) string { return strings.Replace(small, "repeats: 4", key, 1) }
	run(with("repeats: 1"), "one", pool.Options{})
	run(with("repeats: 3"), "three", pool.Options{})
	killed := func(name string) func(string) { // a copy of the folder, as a kill before the first cell leaves it
		return func(folder string) {
			if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(folder)); err != nil {
				t.Error(err)
			}
		}
	}
	for _, c := range []struct {
		name, reuse string
		want        int
	}{
		{"without reuse", "", 8},
		{"with the same", filepath.Join(dir, "one"), 8},
		{"with more", filepath.Join(dir, "three"), 24},
	} {
		run(small, c.name+" whole", pool.Options{Reuse: filepath.Join(dir, "one"), Begun: killed(c.name)})
		if m := run(small, c.name, pool.Options{Resume: true, Reuse: c.reuse}); m.Reused != c.want {
			t.Errorf("%s: %d cells taken over, expected %d", c.name, m.Reused, c.want)
		}
	}
}

// A run that cannot take over a damaged one leaves nothing behind but what was there, and can
// be called again when that is mended.
func TestReuseOfADamagedRunLeavesNothing(t *testing.T) {
	earlier, _ := runText(t, small, 1)
	path := filepath.Join(earlier, results.RunsFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := strings.LastIndex(string(whole), `"iterations":`) + len(`"iterations":`)
	if err := os.WriteFile(path, append(append(whole[:damaged:damaged], '7'), whole[damaged:]...), 0o644); err != nil {
		t.Fatal(err)
	}
	base, there := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(there, "notes"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, o := range []pool.Options{{Folder: filepath.Join(base, "a", "b")}, {Folder: filepath.Join(base, "c"), New: true}, {Folder: there}} {
		o.Reuse = earlier
		if _, err := pool.Run(context.Background(), readSuite(t, small), o); err == nil || !strings.Contains(err.Error(), "does not agree with its checksum") {
			t.Errorf("got %v", err)
		}
	}
	if left, _ := os.ReadDir(base); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
	if left, _ := os.ReadDir(there); len(left) != 1 {
		t.Errorf("%v are in a folder that had a file of notes", left)
	}
	if err := os.WriteFile(path, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	if m, err := pool.Run(context.Background(), readSuite(t, small), pool.Options{Folder: there, Reuse: earlier}); err != nil || m.Reused != 32 {
		t.Errorf("mended: %v, %+v", err, m)
	}
}
