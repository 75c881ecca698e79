using System.Globalization;
using System.Text;

namespace Mlops.Data.Validation.Expressions;

enum TokenKind
{
    Number,
    Text,
    /// <summary>A column's name, or a word of the language.</summary>
    Name,
    /// <summary>A name in brackets, which never is a word of the language.</summary>
    QuotedName,
    Symbol,
    End,
}

/// <param name="Position">0-based, in UTF-16 units of the text.</param>
sealed record Token(TokenKind Kind, int Position, string Text, double Number = 0);

/// <summary>
/// Cuts an expression into tokens. A hyphen between two letters or digits belongs to the name around it, as
/// in <c>list-price</c>; minus needs a blank beside it.
/// </summary>
static class ExpressionTokens
{
    static readonly string[] Symbols =
    [
        "<=", ">=", "!=", "<>", "==", "<", ">", "=", "+", "-", "*", "/", "(", ")", ",",
    ];

    public static IReadOnlyList<Token> Of(string text)
    {
        if (text.Length > Expression.LongestText)
            throw Expression.Wrong(0, $"at most {Expression.LongestText} characters", $"{text.Length}");
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            var token = Next(text, ref at);
            tokens.Add(token);
            if (token.Kind == TokenKind.End)
                return tokens;
        }
    }

    static Token Next(string text, ref int at)
    {
        if (at == text.Length)
            return new Token(TokenKind.End, at, "the end");
        var start = at;
        if (char.IsAsciiDigit(text[at]))
            return NumberAt(text, ref at);
        if (text[at] is '\'' or '"')
            return new Token(TokenKind.Text, start, Quoted(text, ref at, text[at]));
        if (text[at] == '[')
            return new Token(TokenKind.QuotedName, start, Quoted(text, ref at, ']'));
        if (IsNamePart(text[at]))
        {
            while (at < text.Length && (IsNamePart(text[at]) || IsInnerHyphen(text, at)))
                at++;
            return new Token(TokenKind.Name, start, text[start..at]);
        }
        foreach (var symbol in Symbols)
            if (text.AsSpan(at).StartsWith(symbol))
            {
                at += symbol.Length;
                return new Token(
                    TokenKind.Symbol, start, symbol switch { "==" => "=", "<>" => "!=", _ => symbol });
            }
        throw Expression.Wrong(at, "a column, a number, a text in quotes or an operator", $"'{text[at]}'");
    }

    static Token NumberAt(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.'
            || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E')))
            at++;
        var word = text[start..at];
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? new Token(TokenKind.Number, start, word, number)
            : throw Expression.Wrong(start,
                "a number, or a column's name in [brackets] where it begins with a digit", $"'{word}'");
    }

    /// <summary>A doubled closing quote inside stands for one.</summary>
    static string Quoted(string text, ref int at, char close)
    {
        var (start, word) = (at++, new StringBuilder());
        while (at < text.Length)
        {
            if (text[at] == close && at + 1 < text.Length && text[at + 1] == close)
                at++;
            else if (text[at] == close)
            {
                at++;
                return word.ToString();
            }
            word.Append(text[at++]);
        }
        throw Expression.Wrong(start, $"a closing {close}", "the end");
    }

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    static bool IsInnerHyphen(string text, int at) =>
        text[at] == '-' && at + 1 < text.Length && IsNamePart(text[at - 1]) && IsNamePart(text[at + 1]);
}
