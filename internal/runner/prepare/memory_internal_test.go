package prepare

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// A control group has its limit less what it holds, files that no process reads set aside.
func TestGroupLeft(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  float64
	}{
		"limit and cache": {map[string]string{"memory.max": "1000\n", "memory.current": "700\n", "memory.stat": "anon 100\ninactive_file 200\nactive_file 50\n"}, 500},
		"no statistics":   {map[string]string{"memory.max": "1000\n", "memory.current": "700\n"}, 300},
		"no limit":        {map[string]string{"memory.max": "max\n", "memory.current": "700\n"}, math.Inf(1)},
		"no group":        {nil, math.Inf(1)},
	} {
		folder := t.TempDir()
		for file, text := range c.files {
			if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got := groupLeft(folder); got != c.want {
			t.Errorf("%s: %g, want %g", name, got, c.want)
		}
	}
}
