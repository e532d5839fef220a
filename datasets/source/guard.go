package source

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// maximumRedirects is enough for a publisher's permanent address, its dated address and the file.
const maximumRedirects = 5

// sharedAddresses are those that providers share among customers (RFC 6598); netip does not count them as private.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// refusal is what is not fetched, with the reason: asking again changes nothing.
type refusal string

// Error is the reason.
func (r refusal) Error() string { return string(r) }

// guarded is a copy of client that connects to public addresses only and follows redirects on the same host only. A
// definition is data: it must not be able to reach into the network in which it is built. done releases its
// connections.
func guarded(client *http.Client, allowLoopback bool) (copied *http.Client, done func()) {
	guard := *client
	guard.CheckRedirect = checkRedirect
	transport, is := client.Transport.(*http.Transport)
	if client.Transport == nil {
		transport, is = http.DefaultTransport.(*http.Transport)
	}
	if !is {
		return &guard, func() {}
	}
	transport = transport.Clone()
	guardDials(transport, allowLoopback)
	guard.Transport = transport
	return &guard, transport.CloseIdleConnections
}

// guardDials checks each address after its name was resolved, so that no name can lead inside. A proxy of the client may
// stand inside; what lies behind it is for the proxy to judge.
func guardDials(transport *http.Transport, allowLoopback bool) {
	var proxies sync.Map
	if choose := transport.Proxy; choose != nil {
		transport.Proxy = func(request *http.Request) (*url.URL, error) {
			proxy, err := choose(request)
			if proxy != nil {
				proxies.Store(hostPort(proxy), true)
			}
			return proxy, err
		}
	}
	plain := &net.Dialer{Timeout: 30 * time.Second}
	checked := &net.Dialer{Timeout: 30 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return err
		}
		return refuseHost(host, allowLoopback)
	}}
	transport.DialTLSContext = nil
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if _, isProxy := proxies.Load(address); isProxy {
			return plain.DialContext(ctx, network, address)
		}
		return checked.DialContext(ctx, network, address)
	}
}

// refuseHost refuses a host that is by its name or number no public one.
func refuseHost(host string, allowLoopback bool) error {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	address, err := netip.ParseAddr(host)
	loopback := name == "localhost" || strings.HasSuffix(name, ".localhost")
	if err == nil {
		address = address.Unmap()
		loopback = address.IsLoopback()
	}
	switch {
	case loopback && allowLoopback:
		return nil
	case loopback:
		return refusal(fmt.Sprintf("%s is an address of this machine: give a public one", host))
	case err == nil && (!address.IsGlobalUnicast() || address.IsPrivate() || sharedAddresses.Contains(address)):
		return refusal(fmt.Sprintf("%s is a private address: give a public one", host))
	}
	return nil
}

// checkRedirect keeps a fetch on the host that the definition names, and on an encrypted connection once it has one.
func checkRedirect(request *http.Request, via []*http.Request) error {
	from, to := via[0].URL, request.URL
	switch {
	case len(via) > maximumRedirects:
		return refusal(fmt.Sprintf("redirects more than %d times", maximumRedirects))
	case via[len(via)-1].URL.Scheme == "https" && to.Scheme != "https":
		return refusal(fmt.Sprintf("redirects to %s, which is not encrypted", shown(to)))
	case !sameHost(from, to):
		return refusal(fmt.Sprintf("redirects to another host, %s: if that is right, put the new address in source.url", shown(to)))
	}
	return nil
}

// sameHost compares hosts and ports; an address that gives up the default port of http for that of https stays.
func sameHost(from, to *url.URL) bool {
	if from.Port() == "" && to.Port() == "" {
		return strings.EqualFold(from.Hostname(), to.Hostname())
	}
	return strings.EqualFold(hostPort(from), hostPort(to))
}

// hostPort is the host with its port, the scheme's own where none is written.
func hostPort(address *url.URL) string {
	port := address.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[address.Scheme]
	}
	return net.JoinHostPort(address.Hostname(), port)
}
