package provider

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
)

// The fake's namespaces and webhooks, as the contract says them.

// put creates or replaces a namespace: the whole set of rules, what is not given at its default.
func (g *fakeGateway) put(w http.ResponseWriter, r *http.Request, body map[string]any) {
	parts := strings.Split(r.URL.Path, "/")
	app, name := strings.Join(parts[:4], "/"), parts[len(parts)-1]
	old := g.things[r.URL.Path]
	switch {
	case g.things[app] == nil:
		refuse(w, 40400, "not-found", "Not found")
		return
	case old != nil && r.Header.Get("If-None-Match") == "*":
		refuse(w, 41200, "precondition-failed", "Changed meanwhile")
		return
	case old != nil && !g.current(w, r, old):
		return
	case old == nil && r.Header.Get("If-Match") != "":
		refuse(w, 41200, "precondition-failed", "Changed meanwhile")
		return
	case body["pattern"] == nil:
		refuse(w, 40003, "field-invalid", "Invalid or missing field")
		return
	}
	rules := map[string]any{
		"durability": "window", "window": map[string]any{"messages": 1000, "seconds": 120}, "retentionDays": 30,
		"rewind": map[string]any{"messages": 100, "seconds": 120}, "maxMessageBytes": 65536, "public": false, "clientPublish": true,
		"presence": map[string]any{"mode": "members", "maxMembers": 1000, "graceSeconds": 15}, "conflate": "none", "requireClientId": false,
		"pattern": nil,
	}
	allowed := make([]string, 0, len(rules))
	for field := range rules {
		allowed = append(allowed, field)
	}
	if !g.allow(w, body, allowed) {
		return
	}
	for field, value := range body {
		if whole, ok := rules[field].(map[string]any); ok {
			merge(whole, value)
		} else {
			rules[field] = value
		}
	}
	maps.Copy(rules, map[string]any{"name": name, "effectiveAt": nil, "createdAt": "2026-05-04T09:30:00.000Z", "updatedAt": "2026-05-04T09:30:00.000Z"})
	if old != nil {
		old.fields = rules
		old.version++
		tell(w, http.StatusOK, rules, old.version)
		return
	}
	g.things[r.URL.Path] = &thing{fields: rules, version: 1, listed: app + "/namespaces"}
	g.order = append(g.order, r.URL.Path)
	tell(w, http.StatusCreated, rules, 1)
}

// webhook is what a creation has besides its name.
func webhookFields(appID, id string, body map[string]any) (fields, shown map[string]any) {
	fields = map[string]any{
		"appId": appID, "url": body["url"], "events": body["events"], "pattern": "*",
		"batch": map[string]any{"maxEvents": 1}, "enabled": true, "previousSecretExpiresAt": nil,
	}
	merge(fields["batch"].(map[string]any), body["batch"])
	for _, field := range []string{"pattern", "enabled"} {
		if body[field] != nil {
			fields[field] = body[field]
		}
	}
	return fields, map[string]any{"secret": "tgw_secret-of-" + id + "-1"}
}

// rotate is POST .../rotate-secret. An If-Match counts, and the version stays: a secret is none of what it numbers.
func (g *fakeGateway) rotate(w http.ResponseWriter, r *http.Request, body map[string]any) {
	path := strings.TrimSuffix(r.URL.Path, "/rotate-secret")
	t := g.things[path]
	switch {
	case t == nil:
		refuse(w, 40400, "not-found", "Not found")
		return
	case !g.current(w, r, t) || !g.allow(w, body, []string{"overlapSeconds"}):
		return
	}
	g.next++
	t.fields["previousSecretExpiresAt"] = "2026-05-05T09:30:00.000Z"
	answer := maps.Clone(t.fields)
	answer["secret"] = fmt.Sprintf("tgw_secret-of-%v-%d", t.fields["id"], g.next)
	tell(w, http.StatusOK, answer, t.version)
}
