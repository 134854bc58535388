package keep

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// Records of two schemas do not go into one file.
func TestResumeAcrossSchemas(t *testing.T) {
	earlier, now := &results.Manifest{Schema: 1}, &results.Manifest{Schema: results.Schema}
	if err := sameRun(earlier, now); err == nil || !strings.Contains(err.Error(), "records are of schema 1") {
		t.Errorf("a run of schema 1 is resumed: %v", err)
	}
	earlier.Schema = results.Schema
	if err := sameRun(earlier, now); err != nil {
		t.Errorf("a run of the same schema is refused: %v", err)
	}
}
