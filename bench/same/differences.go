package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// differences are what two runs differ in.
type differences struct {
	changed  []string                   // records, paths and both contents
	added    map[string]map[string]bool // records by the path of a field that they did not have
	reworded map[string]string          // an example by the path of a message
}

func newDifferences() *differences {
	return &differences{added: map[string]map[string]bool{}, reworded: map[string]string{}}
}

// compare walks two values, both decoded from JSON, at a path in a record.
func (d *differences) compare(record, path string, old, now any) {
	switch old := old.(type) {
	case map[string]any:
		if now, ok := now.(map[string]any); ok {
			d.compareObjects(record, path, old, now)
			return
		}
	case []any:
		if now, ok := now.([]any); ok && len(old) == len(now) {
			for i := range old {
				d.compare(record, path+"[]", old[i], now[i])
			}
			return
		}
	default:
		if old == now {
			return
		}
	}
	d.changed = append(d.changed, fmt.Sprintf("%s: %s was %s and is %s", record, path, short(old), short(now)))
}

func (d *differences) compareObjects(record, path string, old, now map[string]any) {
	for _, field := range slices.Sorted(maps.Keys(old)) {
		if volatile(field) {
			continue
		}
		at := join(path, field)
		value, ok := now[field]
		if !ok {
			d.changed = append(d.changed, fmt.Sprintf("%s: %s is missing; it was %s", record, at, short(old[field])))
			continue
		}
		if words(field) && sameNumbers(old[field], value) {
			if old[field] != value {
				d.reworded[at] = fmt.Sprintf("%s: %s", short(old[field]), short(value))
			}
			continue
		}
		d.compare(record, at, old[field], value)
	}
	for field := range now {
		if _, ok := old[field]; ok || volatile(field) {
			continue
		}
		at := join(path, field)
		if d.added[at] == nil {
			d.added[at] = map[string]bool{}
		}
		d.added[at][record] = true
	}
}

func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}

var number = regexp.MustCompile(`\d+(\.\d+)?(e[-+]?\d+)?`)

// sameNumbers reports whether a text still has the numbers that it had, in any order, and
// maybe more.
func sameNumbers(old, now any) bool {
	before, ok := old.(string)
	after, also := now.(string)
	if !ok || !also {
		return false
	}
	left := number.FindAllString(after, -1)
	for _, n := range number.FindAllString(before, -1) {
		i := slices.Index(left, n)
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}

// short is a value as text, cut where it is long.
func short(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	const most = 160
	if r := []rune(string(text)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(text)
}
