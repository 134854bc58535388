package verdict

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/results"
)

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (e *element) attribute(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Types of attributes as the schemas restrict them.
var (
	anything = regexp.MustCompile(`^`)
	number   = regexp.MustCompile(`^\d+(\.\d+)?$`)
	whole    = regexp.MustCompile(`^\d+$`)
	token    = regexp.MustCompile(`^\S+( \S+)*$`) // what an XML processor leaves as it is
	dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`)
	surefire = regexp.MustCompile(`^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$`)
)

// elementRule is what a schema says of an element: its attributes, and its children in order,
// each "name", "name?" or "name*"; names joined by | are a choice.
type elementRule struct {
	required, optional map[string]*regexp.Regexp
	children           []string
	text               bool
}

type attributes = map[string]*regexp.Regexp

var found = elementRule{required: attributes{"type": anything}, optional: attributes{"message": anything}, text: true}

// antSchema has the facts of JUnit.xsd of github.com/windyroad/JUnit-Schema, commit 2378e66: the
// reports of Ant's JUnit tasks.
var antSchema = map[string]elementRule{
	"testsuites": {children: []string{"testsuite*"}},
	"testsuite": {
		required: attributes{"package": token, "id": whole, "name": token, "timestamp": dateTime, "hostname": token, "tests": whole, "failures": whole, "errors": whole, "time": number},
		optional: attributes{"skipped": whole},
		children: []string{"properties", "testcase*", "system-out", "system-err"},
	},
	"properties": {children: []string{"property*"}},
	"property":   {required: attributes{"name": token, "value": anything}},
	"testcase":   {required: attributes{"name": token, "classname": token, "time": number}, children: []string{"skipped|error|failure?"}},
	"skipped":    {optional: attributes{"message": anything}, text: true}, // of any type; xmllint refuses the attribute type
	"error":      found, "failure": found,
	"system-out": {text: true}, "system-err": {text: true},
}

// jenkinsSchema has those of junit-10.xsd of github.com/jenkinsci/xunit-plugin, commit 031e285.
var jenkinsSchema = map[string]elementRule{
	"testsuites": {optional: attributes{"name": anything, "time": surefire, "tests": anything, "failures": anything, "errors": anything}, children: []string{"testsuite*"}},
	"testsuite": {
		required: attributes{"name": anything, "tests": anything, "failures": anything, "errors": anything},
		optional: attributes{"group": anything, "time": surefire, "skipped": anything, "timestamp": anything, "hostname": anything, "id": anything, "package": anything, "file": anything, "log": anything, "url": anything},
		children: []string{"testsuite|properties|testcase|system-out|system-err*"},
	},
	"properties": {children: []string{"property*"}},
	"property":   {required: attributes{"name": anything, "value": anything}},
	"testcase":   {required: attributes{"name": anything}, optional: attributes{"time": anything, "classname": anything, "group": anything}, children: []string{"skipped|error|failure|system-out|system-err*"}},
	"skipped":    {optional: attributes{"type": anything, "message": anything}, text: true},
	"error":      {optional: attributes{"type": anything, "message": anything}, text: true},
	"failure":    {optional: attributes{"type": anything, "message": anything}, text: true},
	"system-out": {text: true}, "system-err": {text: true},
}

// invalid lists what a schema has against an element.
func invalid(schema map[string]elementRule, e *element) (out []string) {
	rule, known := schema[e.XMLName.Local]
	if !known {
		return []string{"<" + e.XMLName.Local + "> is unknown"}
	}
	complain := func(what string) { out = append(out, "<"+e.XMLName.Local+">: "+what) }
	present := map[string]bool{}
	for _, a := range e.Attrs {
		name := a.Name.Local
		present[name] = true
		pattern := rule.required[name]
		if pattern == nil {
			pattern = rule.optional[name]
		}
		if pattern == nil {
			complain("no attribute " + name)
		} else if !pattern.MatchString(a.Value) {
			complain(name + " is " + strconv.Quote(a.Value))
		}
	}
	for name := range rule.required {
		if !present[name] {
			complain("lacks " + name)
		}
	}
	if !rule.text && strings.TrimSpace(e.Text) != "" {
		complain("has text")
	}
	rest := e.Children
	for _, particle := range rule.children {
		names := strings.Split(strings.TrimRight(particle, "?*"), "|")
		least, most := 1, 1
		if strings.HasSuffix(particle, "?") {
			least = 0
		} else if strings.HasSuffix(particle, "*") {
			least, most = 0, len(rest)
		}
		n := 0
		for n < most && n < len(rest) && slices.Contains(names, rest[n].XMLName.Local) {
			n++
		}
		if n < least {
			complain("lacks <" + particle + ">")
		}
		rest = rest[n:]
	}
	for i := range rest {
		complain("<" + rest[i].XMLName.Local + "> is not allowed here")
	}
	for i := range e.Children {
		out = append(out, invalid(schema, &e.Children[i])...)
	}
	return out
}

func junit(t *testing.T, s *Summary) (*element, []byte) {
	t.Helper()
	var text bytes.Buffer
	if err := s.WriteJUnit(&text); err != nil {
		t.Fatal(err)
	}
	root := new(element)
	if err := xml.Unmarshal(text.Bytes(), root); err != nil {
		t.Fatal(err)
	}
	return root, text.Bytes()
}

// documents are verdicts of each outcome.
func documents(t *testing.T) map[string]*Summary {
	accepted := comparison(t)
	accepted.Rows[0].Accepted = "it was time"
	different := comparison(t)
	different.Rows[0].Verdict, different.Rows[0].Note = compare.Incomparable, "another seed"
	return map[string]*Summary{
		"fail":         document(t),
		"accepted":     New(compare.Gate{}, []*compare.Report{accepted, comparison(t)}, nil),
		"incomparable": New(compare.Gate{}, []*compare.Report{different}, nil),
		"pass":         New(compare.Gate{}, []*compare.Report{quiet(t)}, nil),
		"underpowered": {Outcome: compare.TooLittleData, Code: compare.TooLittleData.Code(), Headline: "too few", Comparisons: []*compare.Report{quiet(t)}},
		"nothing":      {},
	}
}

func TestJUnitFollowsItsSchemas(t *testing.T) {
	seen := map[string]bool{}
	for name, s := range documents(t) {
		root, text := junit(t, s)
		for _, schema := range []map[string]elementRule{antSchema, jenkinsSchema} {
			for _, complaint := range invalid(schema, root) {
				t.Errorf("%s: %s\n%s", name, complaint, text)
			}
		}
		note(root, seen)
	}
	for name := range antSchema {
		if !seen[name] {
			t.Errorf("no document has a %s: the test sees too little", name)
		}
	}
	for what, text := range map[string]string{
		"lacks":       `<testsuites><testsuite package="p" id="0" name="n" timestamp="2026-01-01T00:00:00" hostname="h" tests="0" failures="0" errors="0" time="0"><properties/><system-err/></testsuite></testsuites>`,
		"not allowed": `<testcase name="a" classname="b" time="0"><failure type="t"/><skipped/></testcase>`,
		"no attr":     `<testsuites name="gdbench"/>`,
		"type":        `<testcase name="a" classname="b" time="0"><failure message="m">x</failure></testcase>`,
		"time is":     `<testcase name="a" classname="b" time="soon"/>`,
	} {
		root := new(element)
		if err := xml.Unmarshal([]byte(text), root); err != nil {
			t.Fatal(err)
		}
		if found := strings.Join(invalid(antSchema, root), "; "); !strings.Contains(found, what) {
			t.Errorf("the validator does not complain (%q) of %s: %q", what, text, found)
		}
	}
}

func note(e *element, seen map[string]bool) {
	seen[e.XMLName.Local] = true
	for i := range e.Children {
		note(&e.Children[i], seen)
	}
}

// What readers do with a document: GitLab knows a case by classname and name and shows the text of
// its failure, Jenkins cuts the package off at the last dot.
func TestJUnitAsItIsRead(t *testing.T) {
	for name, s := range documents(t) {
		root, _ := junit(t, s)
		known := map[string]bool{}
		bad := 0
		for i := range root.Children {
			suite := &root.Children[i]
			counted := map[string]int{}
			for j := range suite.Children {
				c := &suite.Children[j]
				if c.XMLName.Local != "testcase" {
					continue
				}
				counted["tests"]++
				key := c.attribute("classname") + "\n" + c.attribute("name")
				if known[key] {
					t.Errorf("%s: two cases are called %q", name, key)
				}
				known[key] = true
				if class := c.attribute("classname"); strings.Count(class, ".") != 1 || !strings.HasPrefix(class, "gdbench.") {
					t.Errorf("%s: the class %q has not the package gdbench alone", name, class)
				}
				for k := range c.Children {
					found := &c.Children[k]
					kind := found.XMLName.Local
					counted[map[string]string{"failure": "failures", "error": "errors", "skipped": "skipped"}[kind]]++
					if kind != "skipped" {
						bad++
					}
					if text := strings.TrimSpace(found.Text); text == "" || !strings.HasPrefix(text, found.attribute("message")) {
						t.Errorf("%s: %s: the text %q does not begin with the message %q", name, key, text, found.attribute("message"))
					}
				}
			}
			for _, n := range []string{"tests", "failures", "errors", "skipped"} {
				if suite.attribute(n) != strconv.Itoa(counted[n]) {
					t.Errorf("%s: %s says %s %s; counted %d", name, suite.attribute("name"), n, suite.attribute(n), counted[n])
				}
			}
		}
		if red := s.Code != 0; red != (bad > 0) {
			t.Errorf("%s: exit code %d, and %d cases are red", name, s.Code, bad)
		}
	}
}

// Names are the same for another run in another place, so that a reader can follow a case.
func TestJUnitNamesAreStable(t *testing.T) {
	names := func(path, commit string) []string {
		s := document(t)
		r := s.Comparisons[0]
		r.New = compare.Side{Path: path, Commit: commit, Suite: r.New.Suite}
		root, text := junit(t, s)
		if !bytes.Contains(text, []byte(path)) || !bytes.Contains(text, []byte(commit)) {
			t.Errorf("the document does not say that the run is %s of commit %s", path, commit)
		}
		var out []string
		for i := range root.Children {
			suite := &root.Children[i]
			out = append(out, suite.attribute("name"))
			for j := range suite.Children {
				out = append(out, suite.Children[j].attribute("classname")+" "+suite.Children[j].attribute("name"))
			}
		}
		return out
	}
	a, b := names("/tmp/one", "1111111111"), names("/builds/two", "2222222222")
	if !slices.Equal(a, b) {
		t.Errorf("the names differ:\n%q\n%q", a, b)
	}
}

// A loss in seconds that are only shown is not red, one that is gated is.
func TestJUnitAdvisorySeconds(t *testing.T) {
	row := compare.Row{Problem: "bowl", Method: "gd", Metric: compare.Seconds, Class: compare.Timing, Verdict: compare.Regressed, Effect: results.Number(2)}
	if c := rowCase("gdbench.s", &row); c.Failure != nil || c.Error != nil {
		t.Errorf("advisory seconds are red: %+v", c.Failure)
	}
	row.Gated = true
	if c := rowCase("gdbench.s", &row); c.Failure == nil {
		t.Error("gated seconds are not red")
	}
}
