package export

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
)

// writeBenchfmt writes Go's benchmark format (design document 14313): a line for each repeat, with
// what it took to the target. Counts of a deterministic cell are exact, and benchstat then compares
// one sample with one; those of cells with chance are a unit of their own, which is compared by
// statistics.
//
// Nothing is written that differs between the machines or versions that one would compare:
// benchstat would put them into tables of their own.
func writeBenchfmt(j *job) error {
	all, err := j.benchmarks()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(j.Out)
	fmt.Fprintf(out, "suite: %s\n\n%s\n\n", plain(j.run.Manifest.Suite), strings.Join(unitLines(all), "\n"))
	var methods, problems folders
	for _, b := range all {
		// The name ends in a word: digits after a last "-" would be taken for a number of processors.
		name := fmt.Sprintf("BenchmarkReach/method=%s/problem=%s/target=%s/of=%s", methods.of(b.method), problems.of(b.problem), b.goal.number(), plain(b.goal.of()))
		written := b.used()
		for i := range b.hits {
			fmt.Fprintf(out, "%s 1 0 %s", name, missedUnit)
			for _, c := range written {
				fmt.Fprintf(out, " %d %s", *b.hits[i].At(c), benchfmtUnit(b.deterministic, c))
			}
			out.WriteString("\n")
		}
		for range b.missed {
			fmt.Fprintf(out, "%s 1 1 %s\n", name, missedUnit)
		}
	}
	return out.Flush()
}

// unitLines declare the units that some benchmark has.
func unitLines(all []*benchmark) []string {
	has := map[bool]map[counts.Count]bool{true: {}, false: {}}
	for _, b := range all {
		for _, c := range b.used() {
			has[b.deterministic][c] = true
		}
	}
	lines := []string{"Unit " + missedUnit + " better=lower"}
	for _, c := range counts.All {
		if has[true][c] {
			lines = append(lines, "Unit "+benchfmtUnit(true, c)+" better=lower assume=exact")
		}
		if has[false][c] {
			lines = append(lines, "Unit "+benchfmtUnit(false, c)+" better=lower")
		}
	}
	return lines
}

func benchfmtUnit(deterministic bool, c counts.Count) string {
	if deterministic {
		return c.String()
	}
	return "random-" + c.String()
}
