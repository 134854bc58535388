package page

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/play"
)

// Server is the page with the engine behind it, for the browser of this machine only. Its address has
// a token that other pages and other users of the machine do not know; requests for another host,
// as those of a page whose name was bound to this address, and requests of other origins are refused.
type Server struct {
	URL string

	listener net.Listener
	server   *http.Server
}

// patience is how long the descents of one request may take.
const patience = 10 * time.Second

// Listen opens a server on loopback; port 0 is any free one. Lessons are JSON.
func Listen(port string, lessons []byte) (*Server, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, err
	}
	token, host := rand.Text(), listener.Addr().String()
	return &Server{
		URL: "http://" + host + "/" + token + "/", listener: listener,
		server: &http.Server{Handler: guarded(host, token, lessons), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second},
	}, nil
}

// Serve answers until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() { _ = s.server.Close() })()
	s.server.BaseContext = func(net.Listener) context.Context { return ctx }
	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// guarded refuses whoever is not the page itself.
func guarded(host, token string, lessons []byte) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(Files()))
	mux.HandleFunc("GET /lessons.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(lessons)
	})
	mux.HandleFunc("POST /api", api)
	inner := http.StripPrefix("/"+token, mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		switch {
		case r.Host != host, origin != "" && origin != "http://"+host:
			http.Error(w, "this server is for the page that it serves", http.StatusForbidden)
			return
		case !strings.HasPrefix(r.URL.Path, "/"+token+"/"):
			http.Error(w, "open the address that gdbench play has printed", http.StatusNotFound)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		inner.ServeHTTP(w, r)
	})
}

// api answers a request of the page. Its content type is one that a form of another page cannot send.
func api(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "expected application/json", http.StatusUnsupportedMediaType)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	reply := play.Answer(ctx, r.Body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(reply)
}
