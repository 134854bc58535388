package page

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// serving is a server that ends with the test.
func serving(t *testing.T, lessons []byte) *Server {
	t.Helper()
	s, err := Listen("0", lessons)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not end")
		}
	})
	return s
}

// Only the page itself is answered.
func TestGuards(t *testing.T) {
	s := serving(t, []byte(`[]`))
	at, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	const offers = `{"ask": "nothing"}`
	for _, c := range []struct {
		what, method, path string
		change             func(*http.Request)
		status             int
	}{
		{"the page", "GET", s.URL, nil, 200},
		{"its script", "GET", s.URL + "main.js", nil, 200},
		{"the lessons", "GET", s.URL + "lessons.json", nil, 200},
		{"a question", "POST", s.URL + "api", nil, 200},
		{"its own origin", "POST", s.URL + "api", func(r *http.Request) { r.Header.Set("Origin", "http://"+at.Host) }, 200},
		{"no token", "GET", "http://" + at.Host + "/", nil, 404},
		{"a wrong token", "POST", "http://" + at.Host + "/AAAA/api", nil, 404},
		{"another host", "GET", s.URL, func(r *http.Request) { r.Host = "evil.example:80" }, 403},
		{"another origin", "POST", s.URL + "api", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		{"a form", "POST", s.URL + "api", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"reading the API", "GET", s.URL + "api", nil, 404},
		{"a path out of the folder", "GET", s.URL + "../page.go", nil, 404},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, c.path, strings.NewReader(offers))
		if err != nil {
			t.Fatal(err)
		}
		if c.method == "POST" {
			r.Header.Set("Content-Type", "application/json")
		}
		if c.change != nil {
			c.change(r)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != c.status {
			t.Errorf("%s: %d %s; expected %d", c.what, response.StatusCode, body, c.status)
		}
		if h := response.Header; h.Get("Access-Control-Allow-Origin") != "" || c.status == 200 && !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") {
			t.Errorf("%s: headers %v", c.what, h)
		}
	}
}
