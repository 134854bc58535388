package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const record = `{"id":"a1","status":"budget","message":"spent 10 iterations","final":{"value":0.1,"x":[1,2]},"targets":[{"target":0.5,"iteration":3}],"seconds":1,"check":"00000000"}`

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string // what is replaced by what
		same     bool
		says     string
	}{
		"equal":                {"", "", true, "runs: the same numbers (records: 1)"},
		"times and checksum":   {`"seconds":1,"check":"00000000"`, `"seconds":2,"check":"11111111"`, true, "the same numbers"},
		"a field is added":     {`"value":0.1`, `"value":0.1,"kind":"saddle"`, true, "added final.kind (records: 1)"},
		"reworded":             {"spent 10 iterations", "stopped at the budget of 10 iterations", true, `reworded message, such as "spent 10 iterations": "stopped`},
		"another number":       {"0.1", "0.10000000000000001", false, "record 1 (a1): final.value was 0.1 and is 0.10000000000000001"},
		"a number in words":    {"spent 10", "spent 11", false, "message was"},
		"a field is gone":      {`"iteration":3`, `"since":3`, false, "targets[].iteration is missing; it was 3"},
		"another length":       {"[1,2]", "[1,2,3]", false, "final.x was [1,2] and is [1,2,3]"},
		"another type":         {"[1,2]", "null", false, "final.x was [1,2] and is null"},
		"another status":       {`"budget"`, `"timeout"`, false, `status was "budget" and is "timeout"`},
		"another id":           {`"a1"`, `"a2"`, false, `id was "a1" and is "a2"`},
		"one record more":      {`"00000000"}`, `"00000000"}` + "\n" + record, false, "records: 1 before, 2 after"},
		"null becomes a value": {`"x":[1,2]`, `"x":[1,null]`, false, "final.x[] was 2 and is null"},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := t.TempDir(), t.TempDir()
			writeRun(t, filepath.Join(before, "runs"), record)
			changed := strings.Replace(record, c.old, c.new, 1)
			if c.old != "" && changed == record {
				t.Fatal("nothing was replaced")
			}
			writeRun(t, filepath.Join(after, "runs"), changed)
			var out strings.Builder
			same, err := compareFolders(&out, before, after, false)
			if err != nil {
				t.Fatal(err)
			}
			exactly, err := compareFolders(&strings.Builder{}, before, after, true)
			if err != nil {
				t.Fatal(err)
			}
			if want := name == "equal" || name == "times and checksum"; exactly != want {
				t.Errorf("with -exact, same is %v", exactly)
			}
			if same != c.same || !strings.Contains(out.String(), c.says) {
				t.Errorf("same is %v, expected %v; output, expected to hold %q:\n%s", same, c.same, c.says, &out)
			}
		})
	}
}

func TestFoldersWithoutRuns(t *testing.T) {
	if _, err := compareFolders(&strings.Builder{}, t.TempDir(), t.TempDir(), false); err == nil {
		t.Error("two empty folders are compared")
	}
	before := t.TempDir()
	writeRun(t, filepath.Join(before, "convex"), record)
	if _, err := compareFolders(&strings.Builder{}, before, t.TempDir(), false); err == nil {
		t.Error("a run that is missing afterwards is not noticed")
	}
}

func writeRun(t *testing.T, folder, lines string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, runsFile), []byte(lines+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}
