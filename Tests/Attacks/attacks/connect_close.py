"""Connections that are opened and closed at once, as fast as it goes; half of them are reset."""

from wire import new_socket, reset


def attack(target):
    number = 0
    while target.is_open:
        connection = new_socket()
        try:
            connection.connect(target.address)
        except OSError:
            target.count("refused")
        number += 1
        if number % 2:
            reset(connection)
        else:
            connection.close()
    target.count("connections", number)
