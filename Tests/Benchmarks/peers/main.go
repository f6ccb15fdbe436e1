// The routes of the Benchmark sample with Go's standard library: `go-peer PORT [CERTIFICATE KEY]`.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	issuer   = "KestrunApi"
	audience = "KestrunClients"
	lifetime = time.Hour
)

var (
	secret     = mustDecode("6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0")
	errInvalid = errors.New("invalid token")
)

func mustDecode(text string) []byte {
	octets, err := hex.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return octets
}

type tokenHeader struct {
	Algorithm string `json:"alg"`
	Type      string `json:"typ"`
}

type tokenClaims struct {
	Issuer    string `json:"iss"`
	Audience  string `json:"aud"`
	Subject   string `json:"sub"`
	Name      string `json:"name"`
	Role      string `json:"role"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
	Expires   int64  `json:"exp"`
}

func signature(input string) []byte {
	code := hmac.New(sha256.New, secret)
	code.Write([]byte(input))
	return code.Sum(nil)
}

func encoded(value any) (string, error) {
	text, err := json.Marshal(value)
	return base64.RawURLEncoding.EncodeToString(text), err
}

func decode(text string, value any) error {
	octets, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return err
	}
	return json.Unmarshal(octets, value)
}

func issue(user string) (string, time.Time, error) {
	now := time.Now().Truncate(time.Second)
	end := now.Add(lifetime)
	header, err := encoded(tokenHeader{"HS256", "JWT"})
	if err != nil {
		return "", end, err
	}
	claims, err := encoded(tokenClaims{issuer, audience, user, user, "admin", now.Unix(), now.Unix(), end.Unix()})
	if err != nil {
		return "", end, err
	}
	input := header + "." + claims
	return input + "." + base64.RawURLEncoding.EncodeToString(signature(input)), end, nil
}

// verify returns the user that a token is for.
func verify(token string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", errInvalid
	}
	var header tokenHeader
	if err := decode(parts[0], &header); err != nil || header.Algorithm != "HS256" {
		return "", errInvalid
	}
	given, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(given, signature(parts[0]+"."+parts[1])) {
		return "", errInvalid
	}
	var claims tokenClaims
	if err := decode(parts[1], &claims); err != nil {
		return "", err
	}
	now := time.Now().Unix()
	if claims.Issuer != issuer || claims.Audience != audience || claims.Expires <= now || claims.NotBefore > now {
		return "", errInvalid
	}
	return claims.Name, nil
}

func answer(response http.ResponseWriter, contentType string, content []byte) {
	response.Header().Set("Content-Type", contentType)
	response.Header().Set("Content-Length", strconv.Itoa(len(content)))
	response.Write(content)
}

func answerJSON(response http.ResponseWriter, value any) {
	content, err := json.Marshal(value)
	if err != nil {
		response.WriteHeader(http.StatusInternalServerError)
		return
	}
	answer(response, "application/json; charset=utf-8", content)
}

func refuse(response http.ResponseWriter, challenge string) {
	response.Header().Set("WWW-Authenticate", challenge)
	response.WriteHeader(http.StatusUnauthorized)
}

func newToken(response http.ResponseWriter, request *http.Request) {
	user, password, found := request.BasicAuth()
	login := []byte(user + ":" + password)
	if !found || subtle.ConstantTimeCompare(login, []byte("admin:password")) != 1 {
		refuse(response, `Basic realm="Benchmark"`)
		return
	}
	token, end, err := issue(user)
	if err != nil {
		response.WriteHeader(http.StatusInternalServerError)
		return
	}
	answerJSON(response, map[string]any{"access_token": token, "expires": end.UTC()})
}

func hello(response http.ResponseWriter, request *http.Request) {
	field := request.Header.Get("Authorization")
	user, err := verify(strings.TrimPrefix(field, "Bearer "))
	if !strings.HasPrefix(field, "Bearer ") || err != nil {
		refuse(response, "Bearer")
		return
	}
	answer(response, "text/plain; charset=utf-8", []byte("JWT Hello "+user))
}

func echo(response http.ResponseWriter, request *http.Request) {
	content, err := io.ReadAll(request.Body)
	if err != nil {
		response.WriteHeader(http.StatusBadRequest)
		return
	}
	answer(response, "application/octet-stream", content)
}

func handle(pattern, method string, handler http.HandlerFunc) {
	http.HandleFunc(pattern, func(response http.ResponseWriter, request *http.Request) {
		if request.Method != method {
			response.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		handler(response, request)
	})
}

func main() {
	handle("/plaintext", "GET", func(response http.ResponseWriter, request *http.Request) {
		answer(response, "text/plain; charset=utf-8", []byte("Hello, World!"))
	})
	handle("/json", "GET", func(response http.ResponseWriter, request *http.Request) {
		answerJSON(response, map[string]string{"message": "Hello, World!"})
	})
	handle("/users/", "GET", func(response http.ResponseWriter, request *http.Request) {
		answer(response, "text/plain; charset=utf-8", []byte(strings.TrimPrefix(request.URL.Path, "/users/")))
	})
	handle("/echo", "POST", echo)
	handle("/token/new", "GET", newToken)
	handle("/secure/jwt/hello", "GET", hello)

	address := "127.0.0.1:" + os.Args[1]
	if len(os.Args) == 4 {
		log.Fatal(http.ListenAndServeTLS(address, os.Args[2], os.Args[3], nil))
	}
	log.Fatal(http.ListenAndServe(address, nil))
}
