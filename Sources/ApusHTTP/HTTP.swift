/// The vocabulary of HTTP messages: methods, statuses, fields and request heads (RFC 9110, RFC 9112).
public enum HTTP {}
