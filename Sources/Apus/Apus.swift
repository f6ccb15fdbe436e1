// A service author imports Apus alone: certificates, the messages' vocabulary and the tokens come along.
@_exported public import ApusCrypto
@_exported public import ApusHTTP
@_exported public import ApusJOSE
