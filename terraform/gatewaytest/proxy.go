package gatewaytest

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands before a gateway, counts what it answers, and can lose answers on their way back.
type Proxy struct {
	// URL is what clients are given in place of the gateway's.
	URL string

	lock     sync.Mutex
	statuses map[int]int
	lose     func(*http.Response) bool
	lost     int
}

// NewProxy forwards everything until the test ends.
func NewProxy(t testing.TB, g *Gateway) *Proxy {
	t.Helper()
	target, err := url.Parse(g.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{statuses: map[int]int{}}
	forward := httputil.NewSingleHostReverseProxy(target)
	forward.ModifyResponse = func(response *http.Response) error {
		if p.note(response) {
			panic(http.ErrAbortHandler) // the connection ends without an answer
		}
		return nil
	}
	// A gateway that is away is no answer either, as without a proxy.
	forward.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	server := httptest.NewServer(forward)
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Lose loses the answers for which it is true: what they answer was carried out.
func (p *Proxy) Lose(lose func(*http.Response) bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.lose = lose
}

// Lost is how many answers were lost.
func (p *Proxy) Lost() int {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.lost
}

// Answers is how many answers had that status.
func (p *Proxy) Answers(status int) int {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.statuses[status]
}

// Requests is how many answers there were at all.
func (p *Proxy) Requests() int {
	p.lock.Lock()
	defer p.lock.Unlock()
	sum := 0
	for _, count := range p.statuses {
		sum += count
	}
	return sum
}

func (p *Proxy) note(response *http.Response) (lose bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.statuses[response.StatusCode]++
	if p.lose != nil && p.lose(response) {
		p.lost++
		return true
	}
	return false
}
