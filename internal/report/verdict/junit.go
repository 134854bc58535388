package verdict

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/text"
)

// The JUnit form: the verdict, then a suite for each comparison with a case for each row, then the
// claims. It is valid by the schema of Ant's reports (github.com/windyroad/JUnit-Schema), which
// requires the most, and by that of Jenkins (junit-10.xsd of its xunit plugin).
//
// Readers differ. GitLab shows the text of an element and not its message, knows a case by
// classname and name, and knows no suites. Jenkins takes what is before the last dot of classname
// for a package. A case is followed from run to run by its names, so that these hold no path and
// no commit: those are properties.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Package    string `xml:"package,attr"`
		ID         int    `xml:"id,attr"`
		Name       string `xml:"name,attr"`
		Timestamp  string `xml:"timestamp,attr"`
		Host       string `xml:"hostname,attr"`
		Tests      int    `xml:"tests,attr"`
		Failures   int    `xml:"failures,attr"`
		Errors     int    `xml:"errors,attr"`
		Skipped    int    `xml:"skipped,attr"`
		Time       int    `xml:"time,attr"`
		Properties struct {
			All []junitProperty `xml:"property"`
		} `xml:"properties"`
		Cases []junitCase `xml:"testcase"`
		Out   string      `xml:"system-out"`
		Err   string      `xml:"system-err"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    int           `xml:"time,attr"`
		Skipped *junitMessage `xml:"skipped,omitempty"`
		Error   *junitMessage `xml:"error,omitempty"`
		Failure *junitMessage `xml:"failure,omitempty"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"` // not of what was skipped: xmllint refuses it
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the document as JUnit XML: what fails the gate is a failure, what
// could not be compared an error, what was accepted or has too few repeats is skipped. The case
// "verdict" is what the exit code says, so that the two never differ.
func (s *Summary) WriteJUnit(w io.Writer) error {
	all := &junitSuites{}
	of, when := "gdbench", time.Time{}
	if len(s.Comparisons) > 0 {
		of, when = s.Comparisons[0].New.Suite, s.Comparisons[0].New.Started
	}
	verdict := junitOf(of, "verdict", when)
	verdict.add(s.verdictCase(verdict.class()))
	verdict.property("outcome", string(s.Outcome))
	all.add(verdict)
	for i, r := range s.Comparisons {
		part := "comparison"
		if i > 0 {
			part = "pinned baseline"
		}
		all.add(comparisonSuite(junitOf(of, part, when), r))
	}
	if len(s.Claims) > 0 {
		suite := junitOf(of, "claims", when)
		for _, c := range s.Claims {
			suite.add(claimCase(suite.class(), &c))
		}
		all.add(suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// junitOf begins the part of a document about a suite. The host is not in the files of a run: the
// schema asks for localhost then.
func junitOf(suite, part string, when time.Time) *junitSuite {
	return &junitSuite{Package: "gdbench", Name: text.XML(suite + ": " + part), Timestamp: when.UTC().Format("2006-01-02T15:04:05"), Host: "localhost"}
}

// class has one dot, after the package.
func (s *junitSuite) class() string { return s.Package + "." + strings.ReplaceAll(s.Name, ".", "_") }

func (s *junitSuite) property(name, value string) {
	s.Properties.All = append(s.Properties.All, junitProperty{name, text.XML(value)})
}

func (s *junitSuites) add(suite *junitSuite) {
	suite.ID = len(s.Suites)
	s.Suites = append(s.Suites, *suite)
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// message has the lines that are not empty as its text, the first also as its message.
func message(kind string, lines ...string) *junitMessage {
	var said []string
	for _, line := range lines {
		if line != "" {
			said = append(said, text.XML(line))
		}
	}
	if len(said) == 0 {
		said = []string{"no reason is given"}
	}
	return &junitMessage{Message: said[0], Type: text.XML(kind), Text: strings.Join(said, "\n")}
}

func (s *Summary) verdictCase(class string) junitCase {
	c := junitCase{Name: "verdict", Class: class}
	switch s.Outcome {
	case compare.Pass, "":
	case compare.Fail:
		c.Failure = message(string(s.Outcome), s.Headline)
	default:
		c.Error = message(string(s.Outcome), s.Headline)
	}
	return c
}

func comparisonSuite(suite *junitSuite, r *compare.Report) *junitSuite {
	for _, side := range []struct {
		name string
		compare.Side
	}{{"base", r.Base}, {"new", r.New}} {
		suite.property(side.name, side.Path)
		suite.property(side.name+" commit", side.Commit)
		suite.property(side.name+" version", side.Version)
	}
	for _, rows := range [][]compare.Row{r.Levels, r.Rows} {
		for i := range rows {
			suite.add(rowCase(suite.class(), &rows[i]))
		}
	}
	suite.Out = text.XML(r.Headline)
	var warnings []string
	for _, w := range r.Warnings {
		warnings = append(warnings, text.XML(w))
	}
	suite.Err = strings.Join(warnings, "\n")
	return suite
}

func rowCase(class string, r *compare.Row) junitCase {
	c := junitCase{Name: text.XML(fmt.Sprintf("%s: %s", r.Cell(), r.Metric)), Class: class}
	numbers := fmt.Sprintf("BASE: %s, NEW: %s", text.Short(float64(r.Base)), text.Short(float64(r.New)))
	found := message(string(r.Verdict), r.Sentence(), remark(r), numbers)
	switch {
	case r.Accepted != "":
		c.Skipped = message("", "accepted: "+r.Accepted, r.Sentence())
	case r.Verdict == compare.Incomparable:
		c.Error = found
	case r.Gated && r.Verdict.Bad():
		c.Failure = found
	case r.Verdict == compare.Underpowered:
		found.Type = ""
		c.Skipped = found
	}
	return c
}

func claimCase(class string, c *Claim) junitCase {
	name := c.Text
	if c.Name != "" {
		name = c.Name
	}
	test := junitCase{Name: text.XML(name), Class: class}
	if c.Verdict != Holds {
		counterexample := ""
		if c.Counterexample != "" {
			counterexample = "Counterexample: " + c.Counterexample
		}
		test.Failure = message(c.Verdict, c.Statement(), c.Evidence, counterexample, c.Place)
	}
	return test
}
