package suites

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// What a suite says of itself is the same where all of its file is parsed.
func TestAbout(t *testing.T) {
	for _, name := range Names() {
		text, err := files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var whole map[string]any
		if err := yaml.Unmarshal(text, &whole); err != nil {
			t.Fatal(err)
		}
		want, _ := whole["about"].(string)
		if got, err := About(name); err != nil || got != strings.TrimSpace(want) || got == "" {
			t.Errorf("%s: %q, %v; expected %q", name, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"about: a\n": "about: a\n", "suite: s\nabout: >\n  a\n\n  b\nseed: 1\n": "about: >\n  a\n\n  b\n",
		"suite: s\n": "", "x:\n  about: a\n": "",
	} {
		if got := string(linesOf("about", []byte(text))); got != want {
			t.Errorf("of %q the lines are %q; expected %q", text, got, want)
		}
	}
}
