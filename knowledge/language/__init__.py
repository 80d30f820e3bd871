"""Chinese as people type it: script, Cantonese, pinyin, words, and the lexicon."""
