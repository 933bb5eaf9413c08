package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	// DefaultMaxRetries bridges a gateway's restart: with the backoff below, 10 take 50 s at least.
	DefaultMaxRetries = 10
	// DefaultRequestTimeout is above all that the gateway allows itself for one request of the control plane.
	DefaultRequestTimeout = 30 * time.Second
	// firstBackoff doubles with each attempt, up to maxBackoff; half of it is drawn at random.
	firstBackoff = 500 * time.Millisecond
	maxBackoff   = 15 * time.Second
	// maxConflictRetries: 40900 is a race that is over when it is told, but also "there are too many", which stays.
	maxConflictRetries = 2
	// maxRetryAfter bounds what a Retry-After may make a run wait: past it the refusal is shown instead.
	maxRetryAfter = 2 * time.Minute
)

// ConnectionError is a request without an answer, or with half of one.
type ConnectionError struct {
	Method, Path string
	Err          error
}

func (e *ConnectionError) Error() string {
	return fmt.Sprintf("%s %s: no answer: %v", e.Method, e.Path, e.Err)
}

func (e *ConnectionError) Unwrap() error { return e.Err }

// retries counts the attempts of one call.
type retries struct {
	failed, conflicts int
}

// next says whether the call may be sent again, and after how long. A wait that would outlast the context is
// none: its error says more than a deadline's. Being told to come back later (429) is no failure of the gateway:
// where a deadline bounds the call, that alone decides how often.
func (c *Client) next(ctx context.Context, call call, so *retries, sent bool, err error) (time.Duration, bool) {
	if ctx.Err() != nil || !mayRepeat(call, sent, err) {
		return 0, false
	}
	deadline, bounded := ctx.Deadline()
	var problem *Problem
	refused := errors.As(err, &problem)
	switch {
	case refused && problem.Code == CodeConflict:
		if so.conflicts++; so.conflicts > maxConflictRetries || c.maxRetries < 0 {
			return 0, false
		}
	case refused && problem.Status == http.StatusTooManyRequests && problem.RetryAfter > 0 && bounded && c.maxRetries > 0:
	default:
		if so.failed++; so.failed > c.maxRetries {
			return 0, false
		}
	}
	wait := backoff(max(1, so.failed+so.conflicts))
	if refused && problem.RetryAfter > 0 {
		if problem.RetryAfter > maxRetryAfter {
			return 0, false
		}
		// A tenth more at most, so that those who were told the same moment do not all come back in it.
		wait = problem.RetryAfter + time.Duration(rand.Int64N(int64(problem.RetryAfter)/10+1))
	}
	if bounded && time.Until(deadline) < wait {
		return 0, false
	}
	return wait, true
}

// mayRepeat: what was certainly not carried out may be sent again; what may have been only when sending it
// twice comes to the same. PATCH sets fields to values and DELETE ends in absence, so both do.
func mayRepeat(call call, sent bool, err error) bool {
	idempotent := call.method != http.MethodPost || call.idempotencyKey != ""
	var problem *Problem
	if errors.As(err, &problem) {
		switch {
		case problem.Status == http.StatusTooManyRequests, problem.Status == http.StatusServiceUnavailable:
			return true
		case problem.Code == CodeIdempotencyInProgress, problem.Code == CodeConflict, problem.Status == http.StatusRequestTimeout:
			return true
		case problem.Status == http.StatusBadGateway, problem.Status == http.StatusGatewayTimeout:
			return idempotent
		}
		return false
	}
	var connection *ConnectionError
	return errors.As(err, &connection) && !hopeless(connection.Err) && (!sent || idempotent)
}

// hopeless: the endpoint is not a gateway's, now or later: no such name, no good certificate, another protocol.
func hopeless(err error) bool {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var protocol tls.RecordHeaderError
	return errors.As(err, &name) && name.IsNotFound || errors.As(err, &certificate) || errors.As(err, &protocol) ||
		errors.Is(err, http.ErrSchemeMismatch)
}

// neverSent: the connection was not there, so the gateway saw nothing.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// bare takes off the wrapping that repeats method and URL.
func bare(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

func backoff(number int) time.Duration {
	full := maxBackoff
	if number < 6 {
		full = min(maxBackoff, firstBackoff<<(number-1))
	}
	return full/2 + time.Duration(rand.Int64N(int64(full/2)+1))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
