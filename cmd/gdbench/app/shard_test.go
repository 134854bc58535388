package app

import (
	"testing"

	"github.com/gdbench/gdbench/results"
)

func TestParseShard(t *testing.T) {
	for _, c := range []struct {
		text string
		env  map[string]string
		want results.Shard // zero: refused
	}{
		{"2/8", nil, results.Shard{Index: 2, Of: 8}},
		{"8/8", nil, results.Shard{Index: 8, Of: 8}},
		{"9/8", nil, results.Shard{}},
		{"2", nil, results.Shard{}},
		{"-1/8", nil, results.Shard{}},
		{"auto", nil, results.Shard{}},
		{"auto", map[string]string{"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "8"}, results.Shard{Index: 3, Of: 8}},
		{"auto", map[string]string{"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "8"}, results.Shard{}},
		{"auto", map[string]string{"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "8"}, results.Shard{Index: 1, Of: 8}},
		{"auto", map[string]string{"SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "4"}, results.Shard{Index: 3, Of: 4}},
		{"auto", map[string]string{"JOB_COMPLETION_INDEX": "0"}, results.Shard{}},
		{"auto/8", map[string]string{"JOB_COMPLETION_INDEX": "0"}, results.Shard{Index: 1, Of: 8}},
		{"auto/8", map[string]string{"JOB_COMPLETION_INDEX": "8"}, results.Shard{}},
		{"auto", map[string]string{"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"}, results.Shard{Index: 1, Of: 2}},
		{"auto", map[string]string{"CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "2"}, results.Shard{}},
	} {
		t.Run(c.text, func(t *testing.T) {
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			got, err := parseShard(c.text)
			if (err != nil) != (c.want == results.Shard{}) || err == nil && *got != c.want {
				t.Errorf("%s with %v: got %v, %v; want %v", c.text, c.env, got, err, c.want)
			}
		})
	}
}
