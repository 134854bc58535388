package recompute

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Tables written by hand for runs written by hand have no complaint, and with any other number,
// verdict or mark they have one. In eight repeats slow costs 10, 11, …, 17 on the bowl and quick one
// less in all of them, p = 2·2⁻⁸; in the valley nothing is random, slow costs 20 and quick misses,
// which counts ten times the 50 that runs cost at most.
func TestTablesByHand(t *testing.T) {
	folder := t.TempDir()
	var runs strings.Builder
	for repeat := range 8 {
		runs.WriteString(line("bowl", "slow", repeat, "budget", [2]int{10 + repeat, 0}, [2]int{}))
		runs.WriteString(line("bowl", "quick", repeat, "budget", [2]int{9 + repeat, 0}, [2]int{}))
	}
	exact := func(s string) string {
		return strings.Replace(s, `"repeat": 0`, `"repeat": 0, "deterministic": true`, 1)
	}
	runs.WriteString(exact(line("valley", "slow", 0, "budget", [2]int{20, 0}, [2]int{})))
	runs.WriteString(exact(line("valley", "quick", 0, "budget", [2]int{}, [2]int{})))
	for name, text := range map[string]string{"manifest.json": `{"suite": "hand"}`, "runs.jsonl": runs.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	missed := float64(10*50+1) / 21
	var ratios []float64
	for i := range 8 {
		for j := i; j < 8; j++ {
			ratios = append(ratios, math.Sqrt(float64(9+i)/float64(10+i)*float64(9+j)/float64(10+j)))
		}
	}
	slices.Sort(ratios)
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	tables := map[string][][]string{
		"comparison": {{"problem", "slow median", "slow q1", "slow q3", "slow best", "quick median", "quick q1", "quick q3", "quick best"},
			{"bowl", "13.5", "", "", "false", "12.5", "", "", "true"}, {"valley", "20", "", "", "true", "inf", "", "", "false"}},
		"ranking": {{"method", "problems", "fastest", "missed", "ratio to the virtual best", "ratio without misses", "mean rank"},
			{"slow", "2", "1", "0", number(math.Sqrt(14.5 / 13.5)), number(math.Sqrt(14.5 / 13.5)), "1.5"},
			{"quick", "2", "1", "1", number(math.Sqrt(missed)), "1", "1.5"}},
		"standings": {{"method", "rank", "won", "tied", "lost", "untested"}, {"slow", "1.5", "0", "0", "0", "0"}, {"quick", "1.5", "1", "0", "1", "0"}},
		"paired": {{"method", "problem", "pairs", "ratio estimate", "p", "adjusted p", "verdict"},
			{"quick", "bowl", "8", number(math.Sqrt(ratios[17] * ratios[18])), "0.0078125", "0.0078125", "cheaper"}, // the mean of the two in the middle of 36 logarithms
			{"quick", "valley", "1", "", "", "", "dearer: it missed the target"}},
	}
	for _, complaint := range CheckTables(folder, tables) {
		t.Error(complaint)
	}
	for name, rows := range tables {
		for i, row := range rows[1:] {
			for k, cell := range row {
				other := map[string]string{"": "", "true": "false", "false": "true", "inf": "7"}[cell]
				if x, err := strconv.ParseFloat(cell, 64); err == nil && cell != "inf" {
					other = number(x + 1)
				} else if k == len(row)-1 && name == "paired" {
					other = "no significant difference"
				}
				if other == "" {
					continue
				}
				rows[i+1][k] = other
				if len(CheckTables(folder, tables)) == 0 {
					t.Errorf("no complaint where the %s has %s for %s in row %q", name, other, cell, row)
				}
				rows[i+1][k] = cell
			}
		}
	}
	tables["comparison"] = [][]string{{"problem", "slow median", "slow q1", "slow q3", "slow best"}, {"bowl", "13.5", "", "", "false"}}
	if said := fmt.Sprint(CheckTables(folder, tables)); !strings.Contains(said, "quick, which is the cheapest, is not shown") {
		t.Errorf("without the cheapest: %s", said)
	}
}

// One pair of random runs carries no verdict; a table that gives one has a complaint.
func TestOnePairOfRandomRunsByHand(t *testing.T) {
	folder := t.TempDir()
	runs := line("bowl", "slow", 0, "budget", [2]int{20, 0}, [2]int{}) + line("bowl", "quick", 0, "budget", [2]int{10, 0}, [2]int{})
	for name, text := range map[string]string{"manifest.json": `{"suite": "hand"}`, "runs.jsonl": runs} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said := func(verdict string) []string {
		return CheckTables(folder, map[string][][]string{"paired": {{"method", "problem", "pairs", "ratio estimate", "p", "adjusted p", "verdict"},
			{"quick", "bowl", "1", "0.5", "", "", verdict}}})
	}
	if complaints := said("too few pairs"); len(complaints) > 0 {
		t.Error(complaints)
	}
	if len(said("cheaper")) == 0 {
		t.Error("no complaint about a verdict from one pair of random runs")
	}
}
