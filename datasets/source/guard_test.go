package source

import (
	"errors"
	"net"
	"net/http"
	"testing"
)

// TestDialsAreGuarded dials what a name was resolved to: no name, whatever it says, can lead inside.
func TestDialsAreGuarded(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, allowed := range []bool{false, true} {
		client, done := guarded(&http.Client{}, allowed)
		transport, is := client.Transport.(*http.Transport)
		if !is {
			t.Fatalf("got transport %T, want *http.Transport", client.Transport)
		}
		connection, err := transport.DialContext(t.Context(), "tcp", listener.Addr().String())
		var refused refusal
		if got := errors.As(err, &refused); got == allowed {
			t.Errorf("loopback allowed %v: got %v", allowed, err)
		}
		if err == nil {
			if err := connection.Close(); err != nil {
				t.Error(err)
			}
		}
		done()
	}
}
