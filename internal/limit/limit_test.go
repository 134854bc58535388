package limit

import (
	"maps"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]map[string]int64{
		"":                     {},
		"cells=20000000":       {"cells": 20_000_000},
		"depth=64,bytes=10000": {"depth": 64, "bytes": 10_000},
	} {
		if got, err := parse(text); err != nil || !maps.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"cell=1", "cells", "cells=", "cells=0", "cells=-1", "cells=1e7", "cells=1,", ","} {
		if _, err := parse(text); err == nil || !strings.Contains(err.Error(), "expected NAME=NUMBER") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := parse("cells=5,depth=4,cells=6"); err == nil || !strings.Contains(err.Error(), "duplicate name cells") {
		t.Errorf("a limit that is set twice: %v", err)
	}
}

func TestMatrix(t *testing.T) {
	most := int(Dense.Max())
	for _, c := range []struct {
		rows, columns int
		ok            bool
	}{{1, most, true}, {most, 1, true}, {0, 0, true}, {2, most, false}, {most, most, false}, {1, most + 1, false}} {
		err := Matrix(c.rows, c.columns)
		if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "the limit on numbers of a dense matrix is 100000000; to raise it, set GDBENCH_LIMITS=dense=NUMBER") {
			t.Errorf("%d×%d: %v", c.rows, c.columns, err)
		}
	}
}
