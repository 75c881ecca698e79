using Mlops.Engine;

namespace Mlops.Data.Validation.Expressions;

/// <summary>
/// Recursive descent, loosest first: <c>or</c>, <c>and</c>, <c>not</c>, comparison, sum, product, sign.
/// </summary>
sealed class ExpressionParser(string text)
{
    static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    readonly IReadOnlyList<Token> tokens = ExpressionTokens.Of(text);
    int at;
    int depth;

    Token Current => tokens[at];

    public Expression Parse()
    {
        var whole = Or();
        return Current.Kind == TokenKind.End ? whole : throw Unexpected("an operator or the end");
    }

    Expression Or() => Chain(And, "or");

    Expression And() => Chain(Not, "and");

    Expression Chain(Func<Expression> next, string word)
    {
        var left = next();
        while (Current.Position is var position && Take(TokenKind.Name, word))
            left = new Expression.Binary(position, word, left, next());
        return left;
    }

    Expression Not()
    {
        var position = Current.Position;
        return Take(TokenKind.Name, "not")
            ? Nested(() => new Expression.Unary(position, "not", Not()))
            : Comparison();
    }

    Expression Comparison()
    {
        var left = Sum();
        var token = Current;
        if (Take(TokenKind.Name, "is"))
        {
            var negated = Take(TokenKind.Name, "not");
            if (!Take(TokenKind.Name, "missing"))
                throw Unexpected("'missing'");
            var missing = new Expression.Unary(token.Position, "is missing", left);
            return negated ? new Expression.Unary(token.Position, "not", missing) : missing;
        }
        if (Take(TokenKind.Name, "in"))
            return new Expression.Among(token.Position, left, Members());
        foreach (var comparison in Comparisons)
            if (Take(TokenKind.Symbol, comparison))
                return new Expression.Binary(token.Position, comparison, left, Sum());
        return left;
    }

    List<Expression> Members()
    {
        Expect("(");
        var members = new List<Expression> { Sum() };
        while (Take(TokenKind.Symbol, ","))
            members.Add(Sum());
        Expect(")");
        return members;
    }

    Expression Sum() => Chain(Product, ["+", "-"]);

    Expression Product() => Chain(Sign, ["*", "/"]);

    Expression Chain(Func<Expression> next, string[] symbols)
    {
        var left = next();
        while (Current is { Kind: TokenKind.Symbol } token && symbols.Contains(token.Text))
        {
            at++;
            left = new Expression.Binary(token.Position, token.Text, left, next());
        }
        return left;
    }

    Expression Sign()
    {
        var position = Current.Position;
        return Take(TokenKind.Symbol, "-")
            ? Nested(() => new Expression.Unary(position, "-", Sign()))
            : Single();
    }

    Expression Single()
    {
        var token = Current;
        if (Take(TokenKind.Symbol, "("))
            return Nested(Or, ")");
        if (token is { Kind: TokenKind.Name, Text: "abs" }
            && tokens[at + 1] is { Kind: TokenKind.Symbol, Text: "(" })
        {
            at += 2;
            return new Expression.Unary(token.Position, "abs", Nested(Or, ")"));
        }
        if (token is { Kind: TokenKind.Name, Text: "and" or "or" or "not" or "is" or "in" or "missing" })
            throw Unexpected("a column, a number or a text");
        at++;
        return token.Kind switch
        {
            TokenKind.Number => new Expression.Number(
                token.Position, token.Number, ExactNumber.Parse(token.Text)),
            TokenKind.Text => new Expression.Text(token.Position, token.Text),
            TokenKind.Name when token.Text is "true" or "false" =>
                Flag(token.Position, token.Text == "true" ? 1 : 0),
            TokenKind.Name or TokenKind.QuotedName => new Expression.ColumnName(token.Position, token.Text),
            _ => throw Expression.Wrong(token.Position, "a column, a number or a text", Said(token)),
        };
    }

    static Expression.Number Flag(int position, int value) =>
        new(position, value, new ExactNumber(value, 0));

    Expression Nested(Func<Expression> inner, string? close = null)
    {
        if (++depth > Expression.DeepestNesting)
            throw Expression.Wrong(Current.Position, $"at most {Expression.DeepestNesting} levels", "more");
        var expression = inner();
        depth--;
        if (close is not null)
            Expect(close);
        return expression;
    }

    void Expect(string symbol)
    {
        if (!Take(TokenKind.Symbol, symbol))
            throw Unexpected($"'{symbol}'");
    }

    bool Take(TokenKind kind, string word)
    {
        if (Current.Kind != kind || Current.Text != word)
            return false;
        at++;
        return true;
    }

    ProblemException Unexpected(string expected) =>
        Expression.Wrong(Current.Position, expected, Said(Current));

    static string Said(Token token) => token.Kind == TokenKind.End ? token.Text : $"'{token.Text}'";
}
