package lesson

import (
	"testing"

	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/suites"
)

// What each lesson says is seen is seen in its own runs.
func TestLessonsKeepTheirPromise(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 12 {
		t.Fatalf("%d lessons", len(all))
	}
	for i, l := range all {
		if l.Number != i+1 || l.Proved == "" || l.Beyond == "" {
			t.Errorf("lesson %d: number %d, or a part is missing", i+1, l.Number)
		}
		if l.Suite != "" {
			if _, err := suites.Open(l.Suite); err != nil {
				t.Errorf("lesson %d: %v", l.Number, err)
			}
		}
		record, err := play.Run(t.Context(), l.Play)
		if err != nil {
			t.Errorf("lesson %d: %v", l.Number, err)
			continue
		}
		for _, f := range l.Failures(record) {
			t.Errorf("lesson %d: %s", l.Number, f)
		}
	}
}
