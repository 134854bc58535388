package evidence

import (
	"slices"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for _, test := range []struct {
		of     string
		labels []string // "label → name"
		legend bool
		title  string
		notes  string
	}{
		{of: "nothing"},
		{of: "one label", labels: []string{"adam lr=0.1 → adam lr=0.1"}},
		{of: "one setting in all labels", labels: []string{"adam lr=0.1 batch=32 → adam lr=0.1", "sgd lr=0.2 batch=32 → sgd lr=0.2"}, title: "each with batch=32"},
		{of: "one method in a sentence", labels: []string{"GD lr=1/L batch=8 → GD lr=1/L", "GD lr=2/L batch=8 → GD lr=2/L"}, title: "each with batch=8"},
		{of: "one method in a legend", labels: []string{"GD lr=1/L batch=8 → lr=1/L", "GD lr=2/L batch=8 → lr=2/L"}, legend: true, title: "GD: batch=8"},
		{of: "one method, one of its settings without more", labels: []string{"GD → GD", "GD lr=2/L → GD lr=2/L"}, legend: true},
		{of: "settings of one method", labels: []string{"heavy-ball lr=1 momentum=0.9 → heavy-ball lr=1", "heavy-ball lr=2 momentum=0.9 → heavy-ball lr=2", "GD lr=1 → GD lr=1"},
			legend: true, notes: "heavy-ball: momentum=0.9"},
		{of: "a long label alone", labels: []string{"long a=1234567.890123 b=1234567.890123 c=[1, 2] d=tanh → long", "GD lr=1 → GD lr=1"}, notes: "long: a=1.23e6 b=1.23e6 c=[1, 2] d=tanh"},
		{of: "numbers", labels: []string{"sgd lr=0.316227766017 seed=123456 → sgd lr=0.316 seed=123456", "GD step=armijo(t=0.0316227766017, c=1.23456/L) → GD step=armijo(t=0.0316, c=1.23/L)"}},
		{of: "numbers that differ in late digits", labels: []string{"sgd lr=0.316227766017 → sgd lr=0.316227766017", "sgd lr=0.316227766018 → sgd lr=0.316227766018"}},
		{of: "labels that are settings", labels: []string{"step=1/L → step=1/L", "step=1/L batch=8 → batch=8", "step=1/L batch=9 → batch=9"}, legend: true, title: "each with step=1/L"},
		{of: "settings in brackets", labels: []string{"mlp hidden=[8, 8] act=tanh → mlp act=tanh", "mlp hidden=[8, 8] act=relu → mlp act=relu", "ridge diabetes → ridge diabetes"}, notes: "mlp: hidden=[8, 8]"},
		{of: "settings of which one has no more", labels: []string{"GD a=1 b=1 → GD", "GD a=1 b=1 c=2 → GD c=2"}, title: "each with a=1 b=1", legend: true},
	} {
		t.Run(test.of, func(t *testing.T) {
			var labels, want []string
			for _, pair := range test.labels {
				label, name, _ := strings.Cut(pair, " → ")
				labels, want = append(labels, label), append(want, name)
			}
			names := namesOf(append(labels, labels...), test.legend)
			var got []string
			for _, label := range labels {
				got = append(got, names.Of(label))
			}
			if !slices.Equal(got, want) {
				t.Errorf("names %q; expected %q", got, want)
			}
			if names.Title() != test.title {
				t.Errorf("title %q; expected %q", names.Title(), test.title)
			}
			if said := strings.Join(names.Notes(), " "); !strings.Contains(said, test.notes) || (said == "") != (test.notes == "") {
				t.Errorf("notes %q; expected %q", said, test.notes)
			}
		})
	}
}
