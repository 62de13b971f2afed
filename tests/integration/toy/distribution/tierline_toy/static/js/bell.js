/** The bell needs no script; the file shows that a module brings its own. */
