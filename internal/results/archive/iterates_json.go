package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
)

// object reads a line of JSON: an object with x, or x alone.
func (r *iterateReader) object(line string) error {
	var x []json.RawMessage
	rest := map[string]string{}
	if line[0] == '[' {
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			return broken(line, err)
		}
	} else {
		var keys map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &keys); err != nil {
			return broken(line, err)
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if key == "x" {
				if err := json.Unmarshal(keys[key], &x); err != nil {
					return fmt.Errorf("x: expected a list of %s, found %s", english.Count(r.n, "number"), short(string(keys[key])))
				}
				continue
			}
			name := strings.ReplaceAll(key, "-", "_")
			if err := known(name); err != nil {
				return err
			}
			rest[name] = string(keys[key])
		}
		if keys["x"] == nil {
			return errors.New(`the line has no key "x"; expected {"x": [1.5, -2], "f": 0.25}, for example`)
		}
	}
	texts := make([]string, len(x))
	for i := range x {
		texts[i] = string(x[i])
	}
	return r.add(texts, rest)
}

// broken says what is wrong with a line that is no JSON.
func broken(line string, err error) error {
	for _, token := range []string{"NaN", "Infinity"} {
		if strings.Contains(line, token) {
			return fmt.Errorf("found %s; %s", token, wantFinite)
		}
	}
	return fmt.Errorf("no JSON (%w); the line is cut, or the file is no JSON lines", err)
}
