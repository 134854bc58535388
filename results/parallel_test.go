package results

import (
	"fmt"
	"strings"
	"testing"
)

func records(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id": "%d", "status": "budget", "iterations": %d}`+"\n", i, i)
	}
	return b.String()
}

func TestAllKeepsTheOrder(t *testing.T) {
	next := 0
	NewReader("x", strings.NewReader(records(1000))).all(func(r *Record, err error) bool {
		if err != nil || r.Iterations != next {
			t.Fatalf("record %v, %v; expected number %d", r, err, next)
		}
		next++
		return true
	})
	if next != 1000 {
		t.Errorf("%d records; expected 1000", next)
	}
}

func TestAllEndsEarly(t *testing.T) {
	seen := 0
	NewReader("x", strings.NewReader(records(1000))).all(func(*Record, error) bool { seen++; return seen < 3 })
	if seen != 3 {
		t.Errorf("%d records after the third was declined", seen)
	}
}

func TestAllNamesTheBrokenLine(t *testing.T) {
	var failure error
	seen := 0
	NewReader("runs", strings.NewReader(records(5)+"nonsense\n"+records(5))).all(func(_ *Record, err error) bool {
		seen++
		failure = err
		return true
	})
	if seen != 6 || failure == nil || !strings.HasPrefix(failure.Error(), "runs:6: not a record") {
		t.Errorf("%d outcomes, the last %v; expected five records and line 6", seen, failure)
	}
}

func TestTornLineIsDropped(t *testing.T) {
	r := NewReader("x", strings.NewReader(records(2)+`{"id": "3", "sta`))
	seen := 0
	r.all(func(_ *Record, err error) bool { seen++; return err == nil })
	if seen != 2 || !r.Torn {
		t.Errorf("%d records, torn %v; expected 2 and a torn line", seen, r.Torn)
	}
}
