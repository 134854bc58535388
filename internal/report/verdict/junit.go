package verdict

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/text"
)

// The JUnit form, as Jenkins' junit-10.xsd has it: a suite a comparison, a case a row.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Skipped *junitMessage `xml:"skipped,omitempty"`
		Error   *junitMessage `xml:"error,omitempty"`
		Failure *junitMessage `xml:"failure,omitempty"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the document as JUnit XML: what fails the gate is a failure, what
// could not be compared an error, what was accepted or has too few repeats is skipped.
func (s *Summary) WriteJUnit(w io.Writer) error {
	all := junitSuites{Name: "gdbench"}
	for _, r := range s.Comparisons {
		suite := junitSuite{Name: text.XML(sides(r))}
		for _, rows := range [][]compare.Row{r.Levels, r.Rows} {
			for i := range rows {
				suite.add(caseOf(&rows[i]))
			}
		}
		all.add(suite)
	}
	if len(s.Claims) > 0 {
		suite := junitSuite{Name: "claims"}
		for _, c := range s.Claims {
			test := junitCase{Name: text.XML(c.Text), Class: "claims"}
			if c.Verdict != Holds {
				test.Failure = &junitMessage{Message: text.XML(c.Evidence), Type: c.Verdict, Text: text.XML(c.Counterexample)}
			}
			suite.add(test)
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

func (s *junitSuites) add(suite junitSuite) {
	s.Suites = append(s.Suites, suite)
	s.Tests += suite.Tests
	s.Failures += suite.Failures
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

func caseOf(r *compare.Row) junitCase {
	c := junitCase{Name: text.XML(fmt.Sprintf("%s on %s", r.Metric, r.Problem)), Class: text.XML(r.Method)}
	message := &junitMessage{Message: text.XML(r.Sentence()), Type: string(r.Verdict), Text: text.XML(remark(r))}
	switch {
	case r.Accepted != "":
		c.Skipped = &junitMessage{Message: text.XML("accepted: " + r.Accepted)}
	case r.Verdict == compare.Incomparable:
		c.Error = message
	case r.Gated && r.Verdict.Bad():
		c.Failure = message
	case r.Verdict == compare.Underpowered:
		c.Skipped = &junitMessage{Message: text.XML(remark(r))}
	}
	return c
}
