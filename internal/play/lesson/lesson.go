// Package lesson has the lessons: files with a question, a prediction that comes before the answer,
// and a playground in which the answer is seen. What a lesson says is seen carries checks, and a
// lesson whose own runs do not show it is refused by Check.
package lesson

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/play"
)

// Lesson is one file.
type Lesson struct {
	Number   int        `yaml:"lesson" json:"number"`
	Key      string     `yaml:"-" json:"key,omitempty"` // the name of its file, without the number, for those that come with gdbench
	Title    string     `yaml:"title" json:"title"`
	Question string     `yaml:"question" json:"question"`
	Predict  Prediction `yaml:"predict" json:"predict"`
	Play     play.Setup `yaml:"play" json:"play"`
	See      []Sight    `yaml:"see" json:"see"`
	Then     []Scene    `yaml:"then,omitempty" json:"then,omitempty"` // further runs, shown after the answer
	Proved   string     `yaml:"proved" json:"proved"`
	Beyond   string     `yaml:"beyond" json:"beyond"`                   // what a picture in the plane cannot show
	Suite    string     `yaml:"suite,omitempty" json:"suite,omitempty"` // that shows it at full length
}

// Scene is a further playground of a lesson, which may have more variables than a picture.
type Scene struct {
	Title string     `yaml:"title" json:"title"`
	Text  string     `yaml:"text,omitempty" json:"text,omitempty"`
	Play  play.Setup `yaml:"play" json:"play"`
	See   []Sight    `yaml:"see" json:"see"`
}

// Scenes are all playgrounds of a lesson, from that of its question.
func (l *Lesson) Scenes() []Scene {
	return append([]Scene{{Title: l.Title, Play: l.Play, See: l.See}}, l.Then...)
}

// Prediction is what the learner says before the answer; Answer counts from 1.
type Prediction struct {
	Ask     string   `yaml:"ask" json:"ask"`
	Choices []string `yaml:"choices" json:"choices"`
	Answer  int      `yaml:"answer" json:"answer"`
	Hide    bool     `yaml:"hide,omitempty" json:"hide,omitempty"` // the picture of f, too, since it has the answer
}

// Sight is what is seen, with the checks that hold where it is.
type Sight struct {
	Text   string  `yaml:"text" json:"text"`
	Expect []Check `yaml:"expect" json:"-"`
}

// mostBytes is the length of a lesson's file.
const mostBytes = 1 << 18

// Read reads a lesson; file is its name, for messages.
func Read(file string, text []byte) (*Lesson, error) {
	if len(text) > mostBytes {
		return nil, fmt.Errorf("%s: longer than %d bytes; expected a lesson", file, mostBytes)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	l := &Lesson{}
	if err := decoder.Decode(l); errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: is empty; expected a lesson", file)
	} else if err != nil {
		return nil, fmt.Errorf("%s: %s", file, strings.ReplaceAll(strings.TrimPrefix(err.Error(), "yaml: "), "\n", " "))
	}
	if err := l.complete(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return l, nil
}

// complete says what a lesson lacks.
func (l *Lesson) complete() error {
	p := l.Predict
	switch {
	case l.Title == "" || l.Question == "":
		return errors.New("expected a title and a question")
	case p.Ask == "" || len(p.Choices) < 2:
		return errors.New("predict: expected a question (ask) and two or more choices")
	case p.Answer < 1 || p.Answer > len(p.Choices):
		return fmt.Errorf("predict: answer: found %d; expected the number of a choice, 1 to %d", p.Answer, len(p.Choices))
	}
	for i, scene := range l.Scenes() {
		if err := scene.complete(); err != nil && i > 0 {
			return fmt.Errorf("then, entry %d: %w", i, err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// complete says what a scene lacks.
func (s Scene) complete() error {
	switch {
	case s.Title == "":
		return errors.New("expected a title")
	case len(s.See) == 0:
		return errors.New("see: expected what is seen, with checks")
	}
	for i, seen := range s.See {
		if seen.Text == "" || len(seen.Expect) == 0 {
			return fmt.Errorf("see, entry %d: expected a text and checks (expect)", i+1)
		}
	}
	return nil
}

//go:embed lessons
var files embed.FS

// All are the lessons that come with gdbench, in their order.
func All() ([]*Lesson, error) {
	names, err := fs.Glob(files, "lessons/*.yaml")
	if err != nil {
		return nil, err
	}
	var out []*Lesson
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l, err := Read(name, text)
		if err != nil {
			return nil, err
		}
		_, l.Key, _ = strings.Cut(strings.TrimSuffix(path.Base(name), ".yaml"), "-")
		out = append(out, l)
	}
	return out, nil
}

// JSON is lessons as the page reads them, with the setup of its free play.
func JSON(lessons []*Lesson) ([]byte, error) {
	return json.Marshal(struct {
		Start   play.Setup `json:"start"`
		Lessons []*Lesson  `json:"lessons"`
	}{play.First, lessons})
}
