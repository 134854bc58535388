package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
	"github.com/gdbench/gdbench/internal/runner/suite"
)

// compiledSchema is what `gdbench schema` prints; compiling checks it against the
// metaschema of its draft.
func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the schema takes seconds, under the race detector many")
	}
	return compile(t, printed(t, "suite"))
}

// printed is what `gdbench schema` prints.
func printed(t *testing.T, of string) any {
	t.Helper()
	var out, complaints bytes.Buffer
	if code := app.Run(context.Background(), []string{"gdbench", "schema", of}, &out, &complaints); code != 0 {
		t.Fatalf("exit code %d: %s", code, complaints.String())
	}
	document, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func compile(t *testing.T, document any) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("suite.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("suite.json")
	if err != nil {
		t.Fatal(err)
	}
	if draft := schema.DraftVersion; draft != 2020 {
		t.Errorf("the schema is of draft %d, expected 2020-12", draft)
	}
	return schema
}

// asJSON is a suite as the validator of an editor sees it.
func asJSON(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestSchema(t *testing.T) {
	schema := compiledSchema(t)
	t.Run("suites", func(t *testing.T) { acceptsSuites(t, schema) })
	t.Run("agrees with the reader", func(t *testing.T) { agreesWithReader(t, schema) })
}

func acceptsSuites(t *testing.T, schema *jsonschema.Schema) {
	files, err := filepath.Glob("../../../suites/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	papers, err := filepath.Glob("../../../suites/papers/*.yaml")
	files = append(files, papers...)
	if err != nil || len(files) < 10 {
		t.Fatalf("%d suites found: %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nprocesses:") {
			continue // whose components only a schema with --process knows
		}
		if err := schema.Validate(asJSON(t, string(text))); err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
}

// agreesWithReader: the schema accepts every form that the language has, and refuses what it refuses, as
// far as a schema can check.
func agreesWithReader(t *testing.T, schema *jsonschema.Schema) {
	grid := func(problems, methods string) string {
		return "suite: t\nproblems: [" + problems + "]\nmethods: [" + methods + "]\n"
	}
	for _, c := range []struct {
		name, text string
		valid      bool
	}{
		{"bare names", grid("quadratic", "newton"), true},
		{"an expression", grid("quadratic", "{name: fixed-step, lr: 1/L}"), true},
		{"an axis", grid("{name: quadratic, dim: [2, 3]}", "newton"), true},
		{"a generator", grid("{name: quadratic, condition: {log: [1, 100, 3]}}", "newton"), true},
		{"a generator in an axis", grid("{name: quadratic, dim: [2, {range: [3, 5, 1]}]}", "newton"), true},
		{"a joint key", grid("{name: logistic, data: iris, positive: 1}", `{name: sgd, "lr, batch": [[0.1, 1], [0.2, full]]}`), true},
		{"a joint key of a required parameter", grid(`{name: logistic, "data, positive": [[iris, 1], [iris, 2]]}`, "newton"), true},
		{"a number for a text", grid("{name: logistic, data: iris, positive: 1}", "newton"), true},
		{"a vector as start", grid("{name: quadratic, dim: 2, start: [1, 2]}", "newton"), true},
		{"several starts", grid("{name: quadratic, dim: 2, start: [[1, 2], standard, {name: normal, scale: [1, 2]}]}", "newton"), true},
		{"a step as a number", grid("quadratic", "{name: descent, direction: [gradient, newton], step: 0.1}"), true},
		{"nested components", grid("quadratic", "{name: descent, direction: newton, step: {name: backtracking, alpha: [0.2, 0.3]}}"), true},
		{"targets as a list", grid("quadratic", "newton") + "targets: [1e-2, 1e-3]\n", true},
		{"targets as a generator", grid("quadratic", "newton") + "targets: {log: [1e-1, 1e-3, 3]}\n", true},
		{"targets as a map", grid("quadratic", "newton") + "targets: {gradient: [1], absolute: {log: [1, 2, 2]}}\n", true},
		{"targets of other kinds", grid("quadratic", "newton") + "targets: {value: -1, gradient: 0.5, accuracy: [0.9, 0.95], sharpness: {lin: [1, 2, 2]}}\n", true},
		{"one target", grid("quadratic", "newton") + "targets: 0.1\n", true},
		{"a target that is no number", grid("quadratic", "newton") + "targets: {accuracy: high}\n", false},
		{"a claim about a diagnostic", grid("quadratic", "newton") + "targets: {accuracy: 0.9}\nexpect: [{method: newton, reaches: {accuracy: 0.9}}]\n", true},
		{"several names", grid("quadratic", "{name: [sgd, fixed-step], lr: [0.1, 4/9]}"), true},
		{"arithmetic", grid("{name: quadratic, condition: [1e3/4, 8]}", "{name: heavy-ball, momentum: 4/9}"), true},
		{"a text for a list", grid("quadratic", "{name: newton, on: quadratic}"), true},
		{"keys of data", grid("{name: logistic, data: {name: file, path: a, label: y, drop: [a, 2], categories: b, missing: drop-rows}, l2: 1/n}", "newton"), true},
		{"a constant in arithmetic", grid("{name: quadratic, condition: 10*L}", "newton"), false},
		{"an unknown one of several names", grid("quadratic", "{name: [sgd, newtn]}"), false},
		{"an exclusion", grid("quadratic", "newton, sgd") + "exclude: [{method: newton}]\n", true},

		{"no suite", "problems: [quadratic]\nmethods: [newton]\n", false},
		{"no methods", "suite: t\nproblems: [quadratic]\n", false},
		{"empty problems", "suite: t\nproblems: []\nmethods: [newton]\n", false},
		{"an unknown key", grid("quadratic", "newton") + "repeat: 3\n", false},
		{"an unknown problem", grid("quadratc", "newton"), false},
		{"an unknown parameter", grid("{name: quadratic, dmi: 3}", "newton"), false},
		{"an unknown word", grid("{name: quadratic, spectrum: lgo}", "newton"), false},
		{"an unknown direction", grid("quadratic", "{name: descent, direction: newtn}"), false},
		{"a component without its required parameter", grid("{name: quadratic, start: {name: named}}", "newton"), false},
		{"half a variable", grid("{name: quadratic, dim: 2.5}", "newton"), false},
		{"a number out of range", grid("{name: quadratic, condition: 0.5}", "newton"), false},
		{"a number at an open end", grid("quadratic", "newton") + "stop: {divergence: 1}\n", false},
		{"an empty axis", grid("{name: quadratic, dim: []}", "newton"), false},
		{"a generator of two", grid("{name: quadratic, condition: {log: [1, 10]}}", "newton"), false},
		{"a joint key without tuples", grid("quadratic", `{name: sgd, "lr, batch": 3}`), false},
		{"a truth for a number", grid("{name: quadratic, condition: true}", "newton"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := schema.Validate(asJSON(t, c.text))
			if (err == nil) != c.valid {
				t.Errorf("the schema says: %v", err)
			}
			_, err = suite.Read("s.yaml", ".", strings.NewReader(c.text), nil)
			if (err == nil) != c.valid {
				t.Errorf("the reader says: %v", err)
			}
		})
	}
}

// closed is a schema that allows no key which it does not describe.
func closed(schema any) any {
	switch s := schema.(type) {
	case map[string]any:
		for _, inner := range s {
			closed(inner)
		}
		if s["properties"] != nil && s["type"] == "object" && s["description"] != "a component with its parameters, resolved" {
			s["additionalProperties"] = false
		}
	case []any:
		for _, inner := range s {
			closed(inner)
		}
	}
	return schema
}

// The schemas describe every key of real runs, and refuse what is none of a run.
func TestFileSchemas(t *testing.T) {
	record, manifest := compile(t, closed(printed(t, "record"))), compile(t, closed(printed(t, "manifest")))
	folder := t.TempDir()
	suite := filepath.Join(folder, "suite.yaml")
	if err := os.WriteFile(suite, []byte(everything), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{suite, "rosenbrock", "saddle"} {
		run := filepath.Join(folder, strings.TrimSuffix(filepath.Base(name), ".yaml"))
		var out, complaints bytes.Buffer
		if code := app.Run(context.Background(), []string{"gdbench", "run", name, "--out", run, "--no-report"}, &out, &complaints); code > 1 {
			t.Fatalf("exit code %d: %s", code, complaints.String())
		}
		validate(t, manifest, filepath.Join(run, "manifest.json"), false)
		if n := validate(t, record, filepath.Join(run, "runs.jsonl"), true); n < 6 {
			t.Errorf("%s has %d records", name, n)
		}
	}
	for _, bad := range []string{`{}`, `{"id": 3}`, `[]`} {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if record.Validate(document) == nil || manifest.Validate(document) == nil {
			t.Errorf("%s is valid", bad)
		}
	}
}

// everything is a suite whose records have what few have: noise, jitter, batches, diagnostics, theorems,
// skipped and diverged cells, claims.
const everything = `
suite: everything
repeats: 2
jitter: 2
budget: {iterations: 40, seconds: 100}
targets: {relative: [0.1], absolute: [1], gradient: [0.1], value: 0, accuracy: 0.9}
trace: {every: 5, path: true}
diagnostics: [sharpness]
gate: {delta: 0.1}
problems:
  - {name: quadratic, dim: 3, condition: 10, start: {name: normal}}
  - {name: quadratic, dim: 2, condition: 10}
  - {name: lasso, data: diabetes, l1: 0.1}
  - {name: logistic, data: breast-cancer, l2: 1e-2}
methods:
  - {name: fixed-step, lr: [1/L, 100]}
  - newton
  - {name: sgd, lr: 0.1, batch: 20, on: [logistic]}
  - fista
expect: [{name: goes, says: it goes, method: newton, on: quadratic, reaches: 0.1, within: {iterations: 3}}]
look: [{text: the first, expect: goes}]
accept: [{finding: one-start, because: it is a test}]
`

// validate validates a file, whole or line by line.
func validate(t *testing.T, schema *jsonschema.Schema, path string, lines bool) int {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{string(content)}
	if lines {
		parts = strings.Split(strings.TrimSpace(string(content)), "\n")
	}
	for i, part := range parts {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s:%d: %v", filepath.Base(path), i+1, err)
		}
	}
	return len(parts)
}
