package app

import (
	"os"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/results"
)

// taskVariables are the variables with which an engine numbers the tasks of an array.
var taskVariables = []struct {
	index, of string
	first     int    // number of the first task
	least     string // variable that holds it instead
	step      string // variable of the distance between tasks
}{
	{index: "SLURM_ARRAY_TASK_ID", of: "SLURM_ARRAY_TASK_COUNT", first: 1, least: "SLURM_ARRAY_TASK_MIN", step: "SLURM_ARRAY_TASK_STEP"},
	{index: "JOB_COMPLETION_INDEX", first: 0}, // Kubernetes does not set the number of tasks
	{index: "CI_NODE_INDEX", of: "CI_NODE_TOTAL", first: 1},
}

// shardOf is the shard that the call asks for, nil for the whole grid. An empty text is no
// way to ask for that: it is what an unset variable leaves.
func shardOf(c *cli.Context) (*results.Shard, error) {
	switch text := c.String("shard"); {
	case !c.IsSet("shard"):
		return nil, nil
	case text == "":
		return nil, usage(`run: --shard ""; expected I/N, such as 2/8, or auto; if it comes from a variable, the variable is unset; omit --shard to run the whole grid`)
	default:
		return parseShard(text)
	}
}

// parseShard reads I/N; auto asks the environment for both, auto/N for I.
func parseShard(text string) (*results.Shard, error) {
	index, of, hasCount := strings.Cut(text, "/")
	if index != "auto" {
		return newShard("--shard "+text, index, of, 0, 1)
	}
	for _, v := range taskVariables {
		value, ok := os.LookupEnv(v.index)
		if !ok {
			continue
		}
		if !hasCount {
			of = os.Getenv(v.of)
		}
		if of == "" {
			return nil, usage("run: --shard auto: %s=%s is the number of this task, but the number of all tasks is not set; write --shard auto/N", v.index, value)
		}
		first, err := numberOf(v.least, v.first)
		if err != nil {
			return nil, err
		}
		step, err := numberOf(v.step, 1)
		if err != nil {
			return nil, err
		}
		return newShard("--shard "+text+" with "+v.index+"="+value, value, of, first-1, step)
	}
	return nil, usage("run: --shard %s: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and CI_NODE_INDEX is set; write --shard I/N", text)
}

// newShard makes a shard of numbers as they were written; task `before`+step·I is shard I.
func newShard(where, index, of string, before, step int) (*results.Shard, error) {
	i, errIndex := strconv.Atoi(index)
	n, errCount := strconv.Atoi(of)
	s := &results.Shard{Index: (i-before-1)/max(1, step) + 1, Of: n}
	if errIndex != nil || errCount != nil || i <= before || s.Index > n || n > maxShards {
		return nil, usage("run: %s: expected I/N with 1 ≤ I ≤ N ≤ %d, such as 2/8", where, maxShards)
	}
	return s, nil
}

// maxShards bounds the files that a merge holds open.
const maxShards = 1000

// numberOf is the number in a variable, or what it is where there is no such variable.
func numberOf(variable string, otherwise int) (int, error) {
	text, ok := os.LookupEnv(variable)
	if !ok || variable == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, usage("run: --shard auto: %s=%q; expected a number", variable, text)
	}
	return n, nil
}
