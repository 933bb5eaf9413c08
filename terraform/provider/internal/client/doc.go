// Package client speaks the control plane of a Tidegate gateway, as openapi/openapi.yaml says.
//
// Every call is bounded by its context and by Options.MaxRetries, keeps its X-Request-Id in what it reports,
// and fails with a *Problem when the gateway refused. Nothing here logs a body, a credential or a secret.
// One file holds one kind of thing; what all share is in client.go, retry.go, problem.go and pages.go.
package client
