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
