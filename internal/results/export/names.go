package export

import (
	"fmt"
	"strings"
)

// folders gives labels names that every file system and every reader of logs can hold: letters,
// digits and a few signs of ASCII.
type folders struct {
	byLabel map[string]string
	taken   map[string]bool // in lower case, as some file systems see them
}

// longest is how much of a label a name keeps.
const longest = 100

// of is the name of a label, always the same.
func (f *folders) of(label string) string {
	if name, ok := f.byLabel[label]; ok {
		return name
	}
	if f.byLabel == nil {
		f.byLabel, f.taken = map[string]string{}, map[string]bool{}
	}
	name := plain(label)
	for n := 2; f.taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", plain(label), n)
	}
	f.byLabel[label], f.taken[strings.ToLower(name)] = name, true
	return name
}

// plain replaces what is not harmless in names of files by underscores.
func plain(label string) string {
	name := strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-+=_.", r)) {
			return r
		}
		return '_'
	}, label)
	name = strings.TrimLeft(name[:min(longest, len(name))], "-.")
	if name == "" {
		return "_"
	}
	return name
}
