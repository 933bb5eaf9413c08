package gatewaytest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Answer is what the gateway says. Body is nil when there is none.
type Answer struct {
	Status int
	Body   map[string]any
	ETag   string
}

// Call asks the gateway directly, as its operator, without the provider's own client: what that gets wrong must show.
func (g *Gateway) Call(t testing.TB, method, path string, body any) Answer {
	t.Helper()
	return g.call(t, method, path, "Bearer "+g.Token, body)
}

// CallWithKey asks its data plane with a key, `appId.keyId:secret`.
func (g *Gateway) CallWithKey(t testing.TB, key, method, path string, body any) Answer {
	t.Helper()
	return g.call(t, method, path, "Basic "+base64.StdEncoding.EncodeToString([]byte(key)), body)
}

// CallWithToken asks with any bearer token: of an operator, a control token, or a client's.
func (g *Gateway) CallWithToken(t testing.TB, token, method, path string, body any) Answer {
	t.Helper()
	return g.call(t, method, path, "Bearer "+token, body)
}

// Must is Call for what has to succeed.
func (g *Gateway) Must(t testing.TB, method, path string, body any) map[string]any {
	t.Helper()
	answer := g.Call(t, method, path, body)
	if answer.Status/100 != 2 {
		t.Fatalf("%s %s: %d %v", method, path, answer.Status, answer.Body)
	}
	return answer.Body
}

// All is every item of a list.
func (g *Gateway) All(t testing.TB, path string) []map[string]any {
	t.Helper()
	var items []map[string]any
	for next := "?limit=1000"; ; {
		page := g.Must(t, http.MethodGet, path+next, nil)
		for _, item := range page["items"].([]any) {
			items = append(items, item.(map[string]any))
		}
		cursor, more := page["next"].(string)
		if !more {
			return items
		}
		next = "?limit=1000&cursor=" + cursor
	}
}

func (g *Gateway) call(t testing.TB, method, path, authorization string, body any) Answer {
	t.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, g.URL+path, content)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", authorization)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := Answer{Status: response.StatusCode, ETag: response.Header.Get("ETag")}
	if strings.Contains(response.Header.Get("Content-Type"), "json") && len(text) > 0 {
		if err := json.Unmarshal(text, &answer.Body); err != nil {
			t.Fatal(fmt.Errorf("%s %s answers %q: %w", method, path, text, err))
		}
	}
	return answer
}
