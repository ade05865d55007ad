"""What all pages for staff share. Law: a page that changes anything is behind a session, a CSRF token and a form's key.

door         who comes in: sessions, roles, errors
forms        what was typed, what is wrong with it, and a deed done once however often the button is pressed
rendering    the frame, the words in both languages, figures
navigation   what each role finds where
"""
