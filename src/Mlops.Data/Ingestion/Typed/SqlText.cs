namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// What must be known of a SQL statement before it is run: that it is one statement that asks for rows,
/// whether it says their order itself, and whether it asks for the time or for chance. Not a parser: it knows
/// words, texts, names, comments and brackets, which DuckDB and SQLite write alike.
/// </summary>
sealed class SqlText
{
    static readonly string[] Beginnings = ["select", "with", "from", "values", "table"];

    /// <summary>Words that make equal files give other rows wherever they stand.</summary>
    static readonly string[] Fickle =
        ["current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "tablesample"];

    /// <summary>Functions that make equal files give other rows, or tell of the machine.</summary>
    static readonly string[] FickleFunctions =
    [
        "random", "randomblob", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "now", "today",
        "get_current_time", "get_current_timestamp",
        "transaction_timestamp", "nextval", "currval", "current_setting",
    ];

    /// <summary>
    /// How the names of functions begin that tell of the database itself and of the machine.
    /// </summary>
    static readonly string[] Introspection = ["duckdb_", "pragma_", "sqlite_"];

    readonly string sql;
    readonly List<Token> tokens = [];
    string? fault;

    public SqlText(string sql)
    {
        this.sql = sql;
        Split();
        while (tokens.Count > 0 && tokens[^1] is { Kind: TokenKind.Sign, Length: 1 } last
            && sql[last.Start] == ';')
            tokens.RemoveAt(tokens.Count - 1);
    }

    public enum TokenKind
    {
        Word,
        /// <summary>In single quotes.</summary>
        Text,
        /// <summary>In double quotes, backticks or square brackets.</summary>
        Name,
        Sign,
    }

    /// <param name="Depth">How many round brackets are open.</param>
    public readonly record struct Token(TokenKind Kind, int Start, int Length, int Depth);

    /// <summary>The statement without what ends it.</summary>
    public string Statement => tokens.Count == 0 ? "" : sql[..(tokens[^1].Start + tokens[^1].Length)];

    /// <summary>Whether the statement as a whole says the order of its rows.</summary>
    public bool IsOrdered => Enumerable.Range(0, Math.Max(0, tokens.Count - 1)).Any(i =>
        tokens[i].Depth == 0 && IsWord(tokens[i], "order") && IsWord(tokens[i + 1], "by"));

    /// <returns>Null, or why the statement is not run.</returns>
    public string? FindFault()
    {
        if (fault is not null)
            return fault;
        if (tokens.Count == 0)
            return "there is no statement";
        if (!Beginnings.Any(word => IsWord(tokens[0], word)) && sql[tokens[0].Start] != '(')
            return $"it begins with '{WordOf(tokens[0])}' and not with select, with, from, values or table";
        if (tokens.Any(token => token.Kind == TokenKind.Sign && sql[token.Start] == ';'))
            return "it is more than one statement";
        for (var i = 0; i < tokens.Count; i++)
            if (IsFickle(i))
                return $"{WordOf(tokens[i])} gives other rows each time, or on another machine";
        return null;
    }

    /// <summary>The statement with other texts and quoted names; null leaves one as it is.</summary>
    public string Replace(Func<string, string?> replacement)
    {
        var result = new System.Text.StringBuilder();
        var at = 0;
        foreach (var token in tokens.Where(token => token.Kind is TokenKind.Text or TokenKind.Name))
        {
            var quote = sql[token.Start];
            if (quote is not ('\'' or '"') || token.Length < 2
                || replacement(Unquoted(token, quote)) is not { } other)
                continue;
            result.Append(sql, at, token.Start - at)
                .Append(quote)
                .Append(other.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)).Append(quote);
            at = token.Start + token.Length;
        }
        return result.Append(Statement.AsSpan(at)).ToString();
    }

    string Unquoted(Token token, char quote) => sql.Substring(token.Start + 1, token.Length - 2)
        .Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);

    bool IsWord(Token token, string word) => token.Kind == TokenKind.Word && token.Length == word.Length
        && sql.AsSpan(token.Start, token.Length).Equals(word, StringComparison.OrdinalIgnoreCase);

    bool IsFickle(int index)
    {
        var token = tokens[index];
        if (token.Kind == TokenKind.Text)
            return Unquoted(token, '\'').Trim().Equals("now", StringComparison.OrdinalIgnoreCase);
        if (Fickle.Any(word => IsWord(token, word)))
            return true;
        if (index + 1 == tokens.Count)
            return false;
        var next = tokens[index + 1];
        if (IsWord(token, "using") && IsWord(next, "sample"))
            return true;
        return token.Kind == TokenKind.Word && sql[next.Start] == '('
            && (FickleFunctions.Any(word => IsWord(token, word))
                || Introspection.Any(start =>
                    WordOf(token).StartsWith(start, StringComparison.OrdinalIgnoreCase)));
    }

    string WordOf(Token token) => sql.Substring(token.Start, Math.Min(token.Length, 20));

    void Split()
    {
        var depth = 0;
        for (var at = 0; at < sql.Length;)
        {
            var length = LengthAt(at, out var kind);
            if (length == 0)
            {
                fault ??= $"what begins at character {at + 1} is not closed";
                return;
            }
            if (kind == TokenKind.Sign && sql[at] == ')')
                depth--;
            if (depth < 0)
            {
                fault ??= $"the bracket at character {at + 1} closes none";
                return;
            }
            if (kind is { } known)
                tokens.Add(new Token(known, at, length, depth));
            if (kind == TokenKind.Sign && sql[at] == '(')
                depth++;
            at += length;
        }
        if (depth > 0)
            fault ??= "a bracket is not closed";
    }

    /// <returns>How long what begins here is; 0 where it does not end.</returns>
    /// <param name="kind">Null for blanks and comments.</param>
    int LengthAt(int at, out TokenKind? kind)
    {
        kind = null;
        var rest = sql.AsSpan(at);
        if (char.IsWhiteSpace(rest[0]))
            return 1;
        if (rest.StartsWith("--"))
            return rest.IndexOf('\n') is var end and >= 0 ? end + 1 : rest.Length;
        if (rest.StartsWith("/*"))
            return rest[2..].IndexOf("*/") is var close and >= 0 ? close + 4 : 0;
        if (rest[0] == '$' && DollarQuoted(rest) is var dollars and not 1)
        {
            kind = TokenKind.Sign;
            return dollars;
        }
        kind = rest[0] switch
        {
            '\'' => TokenKind.Text,
            '"' or '`' => TokenKind.Name,
            _ when char.IsAsciiLetter(rest[0]) || rest[0] == '_' => TokenKind.Word,
            _ => TokenKind.Sign,
        };
        return kind switch
        {
            TokenKind.Text or TokenKind.Name => Quoted(rest),
            TokenKind.Word => rest.IndexOfAnyExcept(WordLetters) is var word and >= 0 ? word : rest.Length,
            _ => 1,
        };
    }

    static readonly System.Buffers.SearchValues<char> WordLetters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    static int Quoted(ReadOnlySpan<char> rest)
    {
        for (var i = 1; i < rest.Length; i++)
            if (rest[i] == rest[0] && (i + 1 == rest.Length || rest[i + 1] != rest[0]))
                return i + 1;
            else if (rest[i] == rest[0])
                i++;
        return 0;
    }

    /// <summary>DuckDB's <c>$$text$$</c>; a lone sign is 1 long.</summary>
    static int DollarQuoted(ReadOnlySpan<char> rest)
    {
        var tag = rest[1..].IndexOfAnyExcept(WordLetters);
        if (tag < 0 || rest[1 + tag] != '$')
            return 1;
        var opening = rest[..(tag + 2)];
        return rest[opening.Length..].IndexOf(opening) is var close and >= 0 ? close + 2 * opening.Length : 0;
    }
}
