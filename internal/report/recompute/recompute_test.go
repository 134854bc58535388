package recompute

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The package can repeat no mistake of the report: it imports the standard library alone.
func TestImportsNothing(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); strings.Contains(path, ".") {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

// line is a record of a method on a problem in 4 variables: what it needs for 0.01 and for 1e-8,
// in evaluations and Hessians; 0 evaluations are a miss.
func line(problem, method string, repeat int, status string, coarse, fine [2]int) string {
	target := func(value string, need [2]int) string {
		if need[0] == 0 {
			return fmt.Sprintf(`{"target": %s, "iteration": null}`, value)
		}
		return fmt.Sprintf(`{"target": %s, "iteration": 1, "evaluations": %d, "hessians": %d}`, value, need[0], need[1])
	}
	return fmt.Sprintf(`{"labels": {"problem": %q, "method": %q}, "repeat": %d, "status": %q, "variables": 4, "counts": {"evaluations": 50, "hessians": %d}, "targets": [%s, %s], "theorems": [{"name": "bound", "outcome": "holds"}]}`+"\n",
		problem, method, repeat, status, coarse[1], target("0.01", coarse), target("1e-8", fine))
}

// A screen written by hand for runs written by hand has no complaint; any other number has one.
// On the bowl newton costs 2 + 2·4 = 10 and 4 + 4·4 = 20 passes, with a Hessian at 1 it costs 4 and
// 8. The median of 4, 6 and ∞ is 6. On the valley both miss the fine target in half of their runs or
// more.
func TestByHand(t *testing.T) {
	folder := t.TempDir()
	var runs strings.Builder
	for repeat, need := range [][2]int{{4, 30}, {6, 31}, {0, 0}} {
		runs.WriteString(line("bowl", "slow", repeat, "budget", [2]int{need[0], 0}, [2]int{need[1], 0}))
	}
	for repeat := range 3 {
		runs.WriteString(line("bowl", "newton", repeat, "converged", [2]int{2, 2}, [2]int{4, 4}))
	}
	runs.WriteString(strings.Replace(line("valley", "slow", 0, "budget", [2]int{7, 0}, [2]int{}), `"iteration": 1`, `"since": 46, "iteration": 69`, 1))
	runs.WriteString(line("valley", "slow", 1, "budget", [2]int{8, 0}, [2]int{9, 0}))
	runs.WriteString(line("valley", "newton", 0, "failed", [2]int{}, [2]int{}))
	for name, text := range map[string]string{"manifest.json": `{"suite": "hand"}`, "runs.jsonl": runs.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	screen := `hand: 2 problems, 2 methods, 2 settings
9 runs: 3 converged, 5 stopped at the budget, 1 failed.

Cheapest setting of all for each target, and the reference, slow, at its own cheapest setting, in passes
problem  to relative gap 0.01  passes  reference  to relative gap 1e-8  passes  reference
─────────────────────────────────────────────────────────────────────────────────────────
bowl     slow                       6          6  newton                    20         31
valley   slow                     7.5        7.5  not reached                ∞          ∞
` + medians + "\n" + pass + `
Targets were not checked after each step: a run may have met one earlier, in up to 32% fewer iterations.

Accuracy changes the cheapest method on the only problem where methods compete at both. On bowl: slow (6
  passes) at 0.01, newton (20) at 1e-8.
The price of a Hessian, n passes or 1, changes the cheapest method on 1 of 2 problems. On bowl at 0.01: slow
  (6 passes), with a Hessian at 1 newton (4).
Theory: 9 of 9 runs were compared with 1 theorem, and none is above a bound.
Before citing: 5 of 9 runs stopped at the budget; 1 run failed with an error; random runs have only 1 repeat.
  ` + "`gdbench review hand` lists what a referee would criticize.\n"
	for _, complaint := range Check(folder, screen) {
		t.Error(complaint)
	}
	for i, c := range screen {
		if c < '0' || c > '9' {
			continue
		}
		changed := screen[:i] + string('0'+(c-'0'+1)%10) + screen[i+1:]
		if len(Check(folder, changed)) == 0 {
			t.Errorf("no complaint about %q", changed[max(0, i-30):min(i+10, len(changed))])
		}
	}
	if len(Check(folder, strings.ReplaceAll(screen, "newton", "slow"))) == 0 {
		t.Error("no complaint about another method")
	}
	if len(Check(folder, screen+"All is well.\n")) == 0 {
		t.Error("no complaint about an unknown sentence")
	}
}
