using System.Globalization;
using System.Text;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>What code pages leave out, told otherwise than by what is tested.</summary>
static class CodePages
{
    /// <summary>
    /// What .NET has for private use where a code page has no character; none that is tested has another.
    /// </summary>
    public static bool IsNone(Encoding encoding, char decoded) =>
        encoding.IsSingleByte && char.GetUnicodeCategory(decoded) == UnicodeCategory.PrivateUse;

    public static bool AreText(Encoding encoding, byte[] bytes)
    {
        try
        {
            return !Array.Exists(encoding.GetChars(bytes), character => IsNone(encoding, character));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
